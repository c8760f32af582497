import { Command } from 'commander';
import { type ImportResult, importFile } from '../modules/message/import-file/import-file.ts';
import { findOrganization } from '../modules/organization/store/find.ts';
import { importFields, importRules } from '../values/import-format.ts';
import { uuidArgument } from './arguments.ts';
import { confirm, yesOption } from './confirm.ts';
import { type CliContext, jsonOption } from './context.ts';
import { progressBar } from './progress-bar.ts';

const mostPrinted = 100;

interface Options {
  org: string;
  skipInvalid: boolean;
  yes: boolean;
}

const widest = Math.max(...importFields.map(({ name }) => name.length));

/** The format for the terminal: its rules, and a line for each field. */
const format = [
  'The format:',
  ...importRules.map((rule) => `  ${rule.replaceAll('`', '')}`),
  '',
  'The fields of a line (* is required):',
  ...importFields.map(({ name, form, required }) => `  ${required ? '*' : ' '} ${name.padEnd(widest)}  ${form}`),
  '',
  'Each field is explained at /docs/import of a running gateway, with a sample: src/web/assets/sample.ndjson.',
].join('\n');

export function importCommand(context: CliContext): Command {
  const { open, out, note } = context;
  return new Command('import')
    .description('import messages from NDJSON, one on each line; importing a file twice changes nothing')
    .argument('<file>', 'the file, plain or compressed with gzip; - for standard input')
    .requiredOption('--org <id>', 'the id of the organization', uuidArgument)
    .option('--skip-invalid', 'merge the valid lines and exit 0, even if other lines are refused', false)
    .addOption(yesOption())
    .addOption(jsonOption())
    .addHelpText(
      'after',
      `\nMessages past the retention window are stored redacted, and that is final: the command warns before it writes.\n\n${format}\n\nExample:\n  $ parley import messages.ndjson.gz --org $ORG`,
    )
    .action(async (file: string, { org, skipInvalid, yes }: Options) => {
      const database = await open();
      const bar = progressBar();
      let problems = 0;
      const onRefused = (line: number, field: string, reason: string) => {
        problems++;
        if (problems <= mostPrinted) {
          bar.clear();
          note(`line ${line}: ${field === '' ? '' : `${field}: `}${reason}`);
        }
      };
      const { retentionDays } = await findOrganization(database, org);
      const onPastWindow = (count: number) => bar.pause(() => confirm(context, pastWindow(count, retentionDays), { yes, needsYes: false }));
      const options = { skipInvalid, onRefused, onPastWindow, onProgress: bar.update };
      const result = await importFile(database, org, file, options).finally(bar.stop);
      if (problems > mostPrinted) note(`… and ${problems - mostPrinted} more`);
      if (result.refused > 0 && !skipInvalid) process.exitCode = 1;
      out(result, [summary(result, skipInvalid)]);
    });
}

/** The window may have redacted the same messages before, and an earlier window may be the one that does. */
function pastWindow(count: number, retentionDays: number | null): string {
  const messages = count === 1 ? '1 message' : `${count.toLocaleString('en')} messages`;
  const window = retentionDays === null ? 'an earlier retention window' : `the retention window of ${retentionDays} days`;
  return `the file has ${messages} past ${window}. Such content is stored redacted, and that is final.`;
}

function summary(result: ImportResult, skipInvalid: boolean): string {
  const { read, imported, updated, skipped, refused, redacted, conversations, seconds } = result;
  const count = (value: number) => value.toLocaleString('en');
  const nothing = refused > 0 && !skipInvalid;
  const merged = nothing
    ? 'nothing was merged (--skip-invalid merges the rest)'
    : `${count(imported)} imported, ${count(updated)} updated, ${count(skipped)} skipped, in ${count(conversations)} conversations`;
  const past = redacted === 0 ? '' : `; ${count(redacted)} past the retention window and redacted`;
  return `${count(read)} lines read, ${count(refused)} refused: ${merged}${past}; ${seconds.toFixed(1)} s.`;
}

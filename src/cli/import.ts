import { Command } from 'commander';
import { type ImportResult, importFile } from '../modules/message/import-file/import-file.ts';
import { uuidArgument } from './arguments.ts';
import { type CliContext, jsonOption } from './context.ts';
import { progressBar } from './progress-bar.ts';

const mostPrinted = 100;

export function importCommand({ open, out, note }: CliContext): Command {
  return new Command('import')
    .description('import messages from NDJSON, one on each line; importing a file twice changes nothing')
    .argument('<file>', 'the file, plain or compressed with gzip; - for standard input')
    .requiredOption('--org <id>', 'the id of the organization', uuidArgument)
    .option('--skip-invalid', 'merge the valid lines and exit 0, even if other lines are refused', false)
    .addOption(jsonOption())
    .addHelpText('after', '\nExample:\n  $ parley import messages.ndjson.gz --org $ORG')
    .action(async (file: string, { org, skipInvalid }: { org: string; skipInvalid: boolean }) => {
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
      const result = await importFile(database, org, file, { skipInvalid, onRefused, onProgress: bar.update }).finally(bar.stop);
      if (problems > mostPrinted) note(`… and ${problems - mostPrinted} more`);
      if (result.refused > 0 && !skipInvalid) process.exitCode = 1;
      out(result, [summary(result, skipInvalid)]);
    });
}

function summary({ read, imported, updated, skipped, refused, conversations, seconds }: ImportResult, skipInvalid: boolean): string {
  const count = (value: number) => value.toLocaleString('en');
  const nothing = refused > 0 && !skipInvalid;
  const merged = nothing
    ? 'nothing was merged (--skip-invalid merges the rest)'
    : `${count(imported)} imported, ${count(updated)} updated, ${count(skipped)} skipped, in ${count(conversations)} conversations`;
  return `${count(read)} lines read, ${count(refused)} refused: ${merged}; ${seconds.toFixed(1)} s.`;
}

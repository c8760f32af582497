import { Readable } from 'node:stream';
import { pipeline } from 'node:stream/promises';
import { Command } from 'commander';
import { exportMessages } from '../modules/message/export/export.ts';
import { findOrganization } from '../modules/organization/store/find.ts';
import { uuidArgument } from './arguments.ts';
import type { CliContext } from './context.ts';
import { writeExport } from './export-file.ts';

export function exportCommand({ open }: CliContext): Command {
  return new Command('export')
    .description('write every message in the format that import reads, by conversation and time; redacted content is left out')
    .argument('[file]', 'the file to write, which only this user can read (default: standard output)')
    .requiredOption('--org <id>', 'the id of the organization', uuidArgument)
    .option('--force', 'replace the file if it exists', false)
    .addHelpText(
      'after',
      '\nA file gets its name once it is complete.\n\nExample:\n  $ parley export --org $ORG | gzip > messages.ndjson.gz',
    )
    .action(async (file: string | undefined, { org, force }: { org: string; force: boolean }) => {
      const database = await open();
      await findOrganization(database, org);
      const lines = Readable.from(exportMessages(database, org));
      if (file === undefined) return pipeline(lines, process.stdout, { end: false });
      await writeExport(lines, file, force);
    });
}

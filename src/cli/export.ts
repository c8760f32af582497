import { createWriteStream } from 'node:fs';
import { Readable } from 'node:stream';
import { pipeline } from 'node:stream/promises';
import { Command } from 'commander';
import { OperatorError } from '../errors.ts';
import { exportMessages } from '../modules/message/export.ts';
import { findOrganization } from '../modules/organization/find.ts';
import { uuidArgument } from './arguments.ts';
import type { CliContext } from './context.ts';

export function exportCommand({ open }: CliContext): Command {
  return new Command('export')
    .description('write every message in the format that import reads, redacted as everywhere; conversation by conversation, each by time')
    .argument('[file]', 'where to (default: standard output)')
    .requiredOption('--org <id>', 'the organization', uuidArgument)
    .addHelpText('after', '\nExample:\n  $ parley export --org $ORG | gzip > messages.ndjson.gz')
    .action(async (file: string | undefined, { org }: { org: string }) => {
      const database = await open();
      await findOrganization(database, org);
      const lines = Readable.from(exportMessages(database, org));
      if (file === undefined) return pipeline(lines, process.stdout, { end: false });
      await pipeline(lines, createWriteStream(file)).catch((error: NodeJS.ErrnoException) => {
        throw error.syscall === undefined ? error : new OperatorError(`${file} cannot be written: ${error.message}`);
      });
    });
}

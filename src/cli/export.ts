import type { WriteStream } from 'node:fs';
import { open as openFile } from 'node:fs/promises';
import { Readable } from 'node:stream';
import { pipeline } from 'node:stream/promises';
import { Command } from 'commander';
import { OperatorError } from '../errors.ts';
import { exportMessages } from '../modules/message/export/export.ts';
import { findOrganization } from '../modules/organization/store/find.ts';
import { uuidArgument } from './arguments.ts';
import type { CliContext } from './context.ts';

export function exportCommand({ open }: CliContext): Command {
  return new Command('export')
    .description('write every message in the format that import reads, by conversation and time; redacted content is left out')
    .argument('[file]', 'the file to write, which only this user can read (default: standard output)')
    .requiredOption('--org <id>', 'the id of the organization', uuidArgument)
    .addHelpText('after', '\nExample:\n  $ parley export --org $ORG | gzip > messages.ndjson.gz')
    .action(async (file: string | undefined, { org }: { org: string }) => {
      const database = await open();
      await findOrganization(database, org);
      const lines = Readable.from(exportMessages(database, org));
      if (file === undefined) return pipeline(lines, process.stdout, { end: false });
      await write(lines, file).catch((error: NodeJS.ErrnoException) => {
        throw error.syscall === undefined ? error : new OperatorError(`${file} cannot be written: ${error.message}`);
      });
    });
}

async function write(lines: Readable, file: string): Promise<void> {
  return pipeline(lines, await createPrivateFile(file));
}

/** Opens a file for writing that only this user can read, even if others could read it before. A pipe or a device is left unchanged. */
async function createPrivateFile(file: string): Promise<WriteStream> {
  const handle = await openFile(file, 'w', 0o600);
  if ((await handle.stat()).isFile()) await handle.chmod(0o600);
  return handle.createWriteStream();
}

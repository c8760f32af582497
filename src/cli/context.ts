import { Option } from 'commander';
import type { Database } from '../database/database.ts';
import type { AdminEntry } from '../log/admin-log.ts';

/** What a command may do besides its own work. To fail it throws: an OperatorError or ParleyError is printed as its one line, without a stack. */
export interface CliContext {
  /** The database, connected and nothing more: for `migrate`. Closed when the command ends. */
  connect(): Promise<Database>;
  /** The database with this release's schema, or a refusal. Closed when the command ends. */
  open(): Promise<Database>;
  /** The command's result on standard output, once: the document as JSON with `--json`, else the lines. Control characters in it are escaped. */
  out(document: unknown, lines: readonly string[]): void;
  /** A line on standard error, for people. Control characters in it are escaped. */
  note(line: string): void;
  /** A line of the log: what the operator did. */
  logAction(entry: AdminEntry): void;
}

export function jsonOption(): Option {
  return new Option('--json', 'print exactly one JSON document on standard output');
}

import { Option } from 'commander';
import type { Database } from '../database/database.ts';

/** What a command may do besides its own work. To fail it throws: an OperatorError or ParleyError is printed as its one line, without a stack. */
export interface CliContext {
  /** The database, connected and nothing more: for `migrate`. Closed when the command ends. */
  connect(): Promise<Database>;
  /** The database with this release's schema, or a refusal. Closed when the command ends. */
  open(): Promise<Database>;
  /** The command's result on standard output, once: the document as JSON with `--json`, else the text. */
  out(document: unknown, text: string): void;
  /** A line on standard error, for people. */
  note(text: string): void;
}

export function jsonOption(): Option {
  return new Option('--json', 'print exactly one JSON document on standard output');
}

import { Option } from 'commander';
import type { Environment } from '../config.ts';
import type { Database } from '../database/database.ts';
import type { AdminEntry } from '../log/admin-log.ts';
import { printable } from '../values/printable.ts';

/** The functions that every command uses. A command fails by throwing: of an OperatorError or a ParleyError only the message is printed. */
export interface CliContext {
  /** The variables of the environment. */
  environment: Environment;
  /** Connects to the database without looking at its schema, for `migrate`. The connection ends with the command. */
  connect(): Promise<Database>;
  /** Connects to the database and requires this release's schema. The connection ends with the command. */
  open(): Promise<Database>;
  /** Prints the command's result on standard output: the document as JSON with `--json`, else the lines, and then the notes for people on standard error. Control characters are escaped. */
  out(document: unknown, lines: readonly string[], notes?: readonly string[]): void;
  /** Prints a line for people on standard error. Control characters are escaped. */
  note(line: string): void;
  /** Logs an administrative action of the operator. */
  logAction(entry: AdminEntry): void;
}

export function jsonOption(): Option {
  return new Option('--json', 'print exactly one JSON document on standard output');
}

/** Formats rows under their headings, in columns, one line each. The last column is not padded. */
export function table(headings: string[], rows: string[][]): string[] {
  // Before the widths are computed: an escape is longer than its character.
  const lines = [headings, ...rows].map((row) => row.map(printable));
  const widths = headings.map((_, column) => lines.reduce((width, line) => Math.max(width, line[column]?.length ?? 0), 0));
  return lines.map((line) =>
    line.map((cell, column) => (column === widths.length - 1 ? cell : cell.padEnd(widths[column] ?? 0))).join('  '),
  );
}

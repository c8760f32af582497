import { printable } from '../values/printable.ts';

/** Rows under their headings, in columns, a line each; the last column is as long as it likes. */
export function table(headings: string[], rows: string[][]): string[] {
  // Before the widths are known: an escape is longer than its character.
  const lines = [headings, ...rows].map((row) => row.map(printable));
  const widths = headings.map((_, column) => lines.reduce((width, line) => Math.max(width, line[column]?.length ?? 0), 0));
  return lines.map((line) =>
    line.map((cell, column) => (column === widths.length - 1 ? cell : cell.padEnd(widths[column] ?? 0))).join('  '),
  );
}

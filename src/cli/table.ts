import { printable } from '../values/printable.ts';

/** Formats rows under their headings, in columns, one line each. The last column is not padded. */
export function table(headings: string[], rows: string[][]): string[] {
  // Before the widths are computed: an escape is longer than its character.
  const lines = [headings, ...rows].map((row) => row.map(printable));
  const widths = headings.map((_, column) => lines.reduce((width, line) => Math.max(width, line[column]?.length ?? 0), 0));
  return lines.map((line) =>
    line.map((cell, column) => (column === widths.length - 1 ? cell : cell.padEnd(widths[column] ?? 0))).join('  '),
  );
}

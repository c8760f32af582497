import type { Environment } from '../config.ts';

/** A row of a bar chart. */
interface Bar {
  label: string;
  value: number;
}

/** The place where a chart is shown. */
export interface Screen {
  /** Characters of a line. */
  width: number;
  /** True: it shows the block characters of Unicode. */
  blocks: boolean;
}

const widthOfFile = 80;
const longestBar = 60;
/** Parts of a block, by eighths. */
const parts = ['', '▏', '▎', '▍', '▌', '▋', '▊', '▉'];

/** Returns the terminal that standard output is, or what a file gets. A locale that is set and is not UTF-8 shows no blocks. */
export function screenOf({ TERM, LC_ALL, LC_CTYPE, LANG }: Environment): Screen {
  const locale = LC_ALL || LC_CTYPE || LANG;
  return { width: process.stdout.columns || widthOfFile, blocks: TERM !== 'dumb' && (!locale || /utf-?8/i.test(locale)) };
}

/** Draws bars below each other, without colours: labels, bars as long as their values, and the values. A value above 0 is always visible. */
export function barChart(bars: readonly Bar[], { width, blocks }: Screen): string[] {
  const numbers = bars.map(({ value }) => value.toLocaleString('en'));
  const ofLabels = Math.max(0, ...bars.map(({ label }) => label.length));
  const ofNumbers = Math.max(0, ...numbers.map((text) => text.length));
  const longest = Math.max(1, Math.min(longestBar, width - ofLabels - ofNumbers - '    '.length));
  const greatest = Math.max(1, ...bars.map(({ value }) => value));
  return bars.map(({ label, value }, index) => {
    const bar = drawn((value / greatest) * longest, blocks);
    return `${label.padEnd(ofLabels)}  ${bar.padEnd(longest)}  ${numbers[index]?.padStart(ofNumbers)}`;
  });
}

function drawn(length: number, blocks: boolean): string {
  if (!blocks) return '#'.repeat(Math.ceil(length));
  const eighths = Math.ceil(length * 8);
  return '█'.repeat(Math.floor(eighths / 8)) + parts[eighths % 8];
}

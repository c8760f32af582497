import type { Measured } from './measure.ts';
import type { StartTimes } from './scenario.ts';

/** The result of a scenario as lines of a table. */
export function table({ id, title, rows, cases, targets }: Measured): string {
  const compared = rows > 0 ? ` (all answer the same ${rows} rows)` : '';
  const cells = [
    ['', 'requests/s', 'p50 ms', 'p99 ms', 'CPU ms/request: gateway', 'database'],
    ...cases.map(({ name, median }) => [
      name,
      median.rate.toFixed(median.rate < 100 ? 1 : 0),
      median.p50.toFixed(1),
      median.p99.toFixed(1),
      median.gatewayCpu?.toFixed(2) ?? '?',
      median.databaseCpu?.toFixed(2) ?? '?',
    ]),
  ];
  const widths = cells[0]?.map((_, column) => Math.max(...cells.map((row) => [...(row[column] ?? '')].length))) ?? [];
  const lines = cells.map((row) =>
    row.map((cell, column) => (column === 0 ? cell.padEnd(widths[0] ?? 0) : cell.padStart(widths[column] ?? 0))).join('  '),
  );
  const judged = targets.map(({ case: name, against, measure, ratio, met, atLeast, atMost }) => {
    const bound = atLeast === undefined ? `≤ ${atMost}` : `≥ ${atLeast}`;
    const what = measure === 'rate' ? 'requests/s' : 'p50';
    return `${met ? 'met   ' : 'MISSED'} ${name} / ${against}, ${what}: ${ratio.toFixed(2)} (${bound})`;
  });
  return [`${id} ${title}${compared}`, ...lines, ...judged, ''].join('\n');
}

/** Times of starts as lines. */
export function startTable(id: string, title: string, starts: readonly StartTimes[]): string {
  const lines = starts.map(
    ({ name, medianMs, atMostMs }) => `${medianMs <= atMostMs ? 'met   ' : 'MISSED'} ${name}: ${medianMs.toFixed(0)} ms (≤ ${atMostMs})`,
  );
  return [`${id} ${title}`, ...lines, ''].join('\n');
}

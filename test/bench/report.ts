import type { Measured } from './measure.ts';
import type { Measurement } from './scenario.ts';

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

/** The result of a scenario of its own kind as lines. */
export function measurementTable(id: string, title: string, measurements: readonly Measurement[]): string {
  const lines = measurements.map((each) => {
    const { name, value, unit, atLeast, atMost } = each;
    const bound = atLeast === undefined ? (atMost === undefined ? '' : ` (≤ ${atMost})`) : ` (≥ ${atLeast})`;
    return `${bound === '' ? '      ' : isMet(each) ? 'met   ' : 'MISSED'} ${name}: ${Number(value.toPrecision(3))} ${unit}${bound}`;
  });
  return [`${id} ${title}`, ...lines, ''].join('\n');
}

function isMet({ value, atLeast = Number.NEGATIVE_INFINITY, atMost = Number.POSITIVE_INFINITY }: Measurement): boolean {
  return value >= atLeast && value <= atMost;
}

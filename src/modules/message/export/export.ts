import type { Queryable } from '../../../database/database.ts';
import { printable } from '../../../values/printable.ts';
import { exportedLine } from './line.ts';
import { exportPage } from './page.ts';
import type { ExportRow } from './row.ts';

const pageSize = 1_000;

/**
 * Exports the organization's visible messages as lines of the import format: conversations in the order of their ids, the messages of each by time. It holds
 * one page in memory. A message recorded during the export may be missing. @yields the lines of one page, each with its line end
 */
export async function* exportMessages(database: Queryable, organizationId: string): AsyncGenerator<string> {
  let after: ExportRow | undefined;
  do {
    const rows: ExportRow[] = await exportPage(database, organizationId, after, pageSize);
    if (rows.length > 0) yield rows.map((row) => `${printable(JSON.stringify(exportedLine(row)))}\n`).join('');
    after = rows.length < pageSize ? undefined : rows.at(-1);
  } while (after !== undefined);
}

import { decodeId } from '../../../src/values/ids.ts';
import type { BenchDatabase } from '../database.ts';

/** Any JSON value, whose shape the comparison checks. */
// biome-ignore lint/suspicious/noExplicitAny: the answers of four programs; a wrong shape fails the comparison.
export type Json = any;

/** An id of GraphQL as the UUID that the other contenders answer. */
export function uuid(id: string): string {
  return decodeId(id)?.uuid ?? id;
}

/** An instant of any ISO form as milliseconds. */
export function ms(instant: string | null): number | null {
  return instant === null ? null : Date.parse(instant);
}

/** The conversations with the most messages: every call takes the next one, so that no contender lives from one page. */
export async function largestConversations(database: BenchDatabase): Promise<string[]> {
  const rows = await database.query<{ id: string }>(
    'select id from conversations where organization_id = $1 order by message_count desc, id limit 21',
    [database.organizations.main?.id],
  );
  return rows.map(({ id }) => id);
}

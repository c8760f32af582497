import type { Database } from '../../../../src/database/database.ts';
import { exportMessages } from '../../../../src/modules/message/export/export.ts';
import { ingest } from '../../../../src/modules/message/ingest/ingest.ts';
import type { MessageDraft } from '../../../../src/modules/message/ingest/read/message-draft.ts';
import { readMessageLine } from '../../../../src/modules/message/ingest/read/read-draft.ts';

export type Line = Record<string, unknown>;

export function read(line: Line): MessageDraft {
  const result = readMessageLine(line);
  if ('problems' in result) throw new Error(JSON.stringify(result.problems));
  return result.draft;
}

/** Merges lines as one batch. @returns the outcome of each, a refusal as `field: reason` */
export async function merge(database: Database, organizationId: string, lines: readonly Line[]): Promise<string[]> {
  const outcomes = await database.transaction((tx) => ingest(tx, organizationId, lines.map(read)));
  return outcomes.map((each) => (each.outcome === 'refused' ? `${each.field}: ${each.reason}` : each.outcome));
}

/** Returns the lines of an export, by external id. */
export async function exported(database: Database, organizationId: string): Promise<Map<string, Line>> {
  const lines = (await exportedText(database, organizationId)).split('\n').filter(Boolean);
  return new Map(lines.map((line) => JSON.parse(line) as Line).map((line) => [String(line.externalId), line]));
}

/** Returns a line of an export. @throws if there is none */
export async function exportedLine(database: Database, organizationId: string, externalId: string): Promise<Line> {
  const found = (await exported(database, organizationId)).get(externalId);
  if (found === undefined) throw new Error(`no ${externalId}`);
  return found;
}

export async function exportedText(database: Database, organizationId: string): Promise<string> {
  const pages: string[] = [];
  for await (const page of exportMessages(database, organizationId)) pages.push(page);
  return pages.join('');
}

/** Returns the stored counters that differ from a count of the rows. */
export async function wrongCounters(database: Database, organizationId: string): Promise<object[]> {
  return database.query({
    label: 'test_counters',
    text: `select c.id::text, c.message_count as kept, n.count as counted from conversations c
        left join lateral (select count(*) as count, min(created_at) as first from visible_messages m
          where m.organization_id = c.organization_id and m.conversation_id = c.id) n on true
        left join lateral (select id, created_at from visible_messages m where m.organization_id = c.organization_id and m.conversation_id = c.id
          order by created_at desc, id desc limit 1) l on true
      where c.organization_id = $1
        and (c.message_count, c.created_at, c.last_message_id, c.last_message_at) is distinct from (n.count::int, n.first, l.id, l.created_at)
      union all
      select coalesce(k.type, n.type)::text, k.conversations, n.count
      from (select type, conversations from conversation_counts where organization_id = $1) k
      full join (select type, count(*) as count from conversations where organization_id = $1 group by type) n on n.type = k.type
      where k.conversations is distinct from n.count`,
    values: [organizationId],
  });
}

/** Returns every row of the organization, with the transaction that wrote it last. */
export async function storedRows(database: Database, organizationId: string): Promise<unknown[]> {
  const tables = [
    'phone_numbers',
    'agents',
    'participants',
    'consents',
    'conversations',
    'conversation_counts',
    'conversation_participants',
    'messages',
  ];
  const texts = [...tables, 'attachments', 'reactions', 'events'].map(
    (table) => `select '${table}' as "table", t.xmin::text, t::text as row from ${table} t where organization_id = $1`,
  );
  return database.query({ label: 'test_rows', text: `${texts.join(' union all ')} order by 1, 3`, values: [organizationId] });
}

import type { Transaction } from '../../../../database/database.ts';
import type { MessageDraft } from '../read/message-draft.ts';
import type { NewMessage } from '../write/insert-messages.ts';

interface Row {
  id: string;
  messages: number;
  /** The times of the inbound messages. */
  inbound: string[];
  first_at: string;
  last_at: string;
  last_id: string;
  title: string | null;
  agent_id: string | null;
  metadata: MessageDraft['metadata'];
}

/**
 * Updates the locked conversations of new messages: their counts, unread counts, first and last messages. Title, agent and metadata become those of the last
 * line that gives one.
 * @returns the conversations whose title, agent or metadata changed
 */
export async function countMessages(
  tx: Transaction,
  organizationId: string,
  recorded: readonly NewMessage[],
  agentIds: ReadonlyMap<string, string>,
): Promise<{ id: string }[]> {
  if (recorded.length === 0) return [];
  const rows = await tx.query<{ id: string; changed: boolean }>({
    label: 'ingest_update_conversations',
    // `o` is the row before the update.
    text: `update conversations c set message_count = c.message_count + x.messages,
        unread_count = c.unread_count + (select count(*) from unnest(x.inbound) as i (at) where c.read_through is null or i.at > c.read_through),
        created_at = least(c.created_at, x.first_at),
        last_message_id = case when newer.wins then x.last_id else c.last_message_id end,
        last_message_at = case when newer.wins then x.last_at else c.last_message_at end,
        title = coalesce(x.title, c.title), agent_id = coalesce(x.agent_id, c.agent_id), metadata = coalesce(x.metadata, c.metadata)
      from jsonb_to_recordset($2::jsonb) as x (id uuid, messages int, inbound timestamptz[], first_at timestamptz, last_at timestamptz, last_id uuid, title text, agent_id uuid,
          metadata jsonb)
        join conversations o on o.organization_id = $1 and o.id = x.id
        cross join lateral (select o.last_message_id is null or (x.last_at, x.last_id) > (o.last_message_at, o.last_message_id)) as newer (wins)
      where c.organization_id = $1 and c.id = x.id
      returning c.id, (c.title, c.agent_id, c.metadata) is distinct from (o.title, o.agent_id, o.metadata) as changed`,
    values: [organizationId, JSON.stringify(summaries(recorded, agentIds))],
  });
  return rows.filter(({ changed }) => changed);
}

function summaries(recorded: readonly NewMessage[], agentIds: ReadonlyMap<string, string>): Row[] {
  const rows = new Map<string, Row>();
  for (const { id, conversationId, message } of recorded) {
    const { createdAt, conversation, agent, metadata } = message;
    const row = rows.get(conversationId) ?? emptyRow(conversationId, createdAt);
    row.messages++;
    if (message.direction === 'INBOUND') row.inbound.push(createdAt);
    // ISO times in UTC sort as text, and ids sort in the order of lines.
    if (createdAt < row.first_at) row.first_at = createdAt;
    if (row.last_id === '' || createdAt > row.last_at || (createdAt === row.last_at && id > row.last_id)) {
      row.last_at = createdAt;
      row.last_id = id;
    }
    if (conversation.type !== 'PHONE' && conversation.title !== null) row.title = conversation.title;
    if (agent !== null) row.agent_id = agentIds.get(agent.externalId) ?? null;
    if (metadata !== null) row.metadata = metadata;
    rows.set(conversationId, row);
  }
  return [...rows.values()];
}

function emptyRow(id: string, at: string): Row {
  return { id, messages: 0, inbound: [], first_at: at, last_at: at, last_id: '', title: null, agent_id: null, metadata: null };
}

/** Adds new conversations to the organization's totals. All writers of the organization lock these rows, so it is called late in the transaction. */
export async function countConversations(
  tx: Transaction,
  organizationId: string,
  recorded: readonly NewMessage[],
  created: ReadonlySet<string>,
): Promise<void> {
  const types = [...new Map(recorded.map(({ conversationId, message }) => [conversationId, message.conversation.type]))]
    .filter(([id]) => created.has(id))
    .map(([, type]) => type);
  if (types.length === 0) return;
  await tx.query({
    label: 'ingest_count_conversations',
    text: `insert into conversation_counts as k (organization_id, type, conversations)
      select $1, x.type, count(*) from unnest($2::text[]::conversation_type[]) as x (type) group by x.type order by x.type
      on conflict (organization_id, type) do update set conversations = k.conversations + excluded.conversations`,
    values: [organizationId, types],
  });
}

import type { Transaction } from '../../../../database/database.ts';

export interface Appearance {
  conversationId: string;
  participantId: string;
  /** UTC, ISO. */
  at: string;
}

/** Adds participants to locked conversations, with the time of their first message or reaction. */
export async function joinConversations(tx: Transaction, organizationId: string, appearances: readonly Appearance[]): Promise<void> {
  const first = new Map<string, Appearance>();
  for (const appearance of appearances) {
    const key = `${appearance.conversationId} ${appearance.participantId}`;
    const before = first.get(key);
    if (before === undefined || appearance.at < before.at) first.set(key, appearance);
  }
  if (first.size === 0) return;
  const rows = [...first.values()].map(({ conversationId, participantId, at }) => ({
    conversation_id: conversationId,
    participant_id: participantId,
    joined_at: at,
  }));
  await tx.query({
    label: 'ingest_join_conversations',
    text: `insert into conversation_participants as p (organization_id, conversation_id, participant_id, joined_at)
      select $1, x.conversation_id, x.participant_id, x.joined_at
      from jsonb_to_recordset($2::jsonb) as x (conversation_id uuid, participant_id uuid, joined_at timestamptz)
      on conflict (organization_id, conversation_id, participant_id) do update set joined_at = excluded.joined_at
      where excluded.joined_at < p.joined_at`,
    values: [organizationId, JSON.stringify(rows)],
  });
}

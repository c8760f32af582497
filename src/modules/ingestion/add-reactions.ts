import { uuidv7 } from 'uuidv7';
import type { Transaction } from '../../database/database.ts';
import type { IncomingReaction } from './incoming-message.ts';

export interface NewReaction {
  messageId: string;
  conversationId: string;
  authorId: string;
  reaction: IncomingReaction;
}

/** Adds the reactions that are missing; the same one of the same author on the same message is there once. @returns those added */
export async function addReactions(tx: Transaction, organizationId: string, reactions: readonly NewReaction[]): Promise<NewReaction[]> {
  if (reactions.length === 0) return [];
  const byId = new Map(reactions.map((each) => [uuidv7(), each]));
  const rows = await tx.query<{ id: string }>({
    label: 'ingest_add_reactions',
    text: `insert into reactions (organization_id, id, message_id, author_id, type, from_number, direction, created_at)
      select $1, x.id, x.message_id, x.author_id, x.type, x.from_number, x.direction, x.created_at
      from jsonb_to_recordset($2::jsonb) as x (id uuid, message_id uuid, author_id uuid, type text, from_number text, direction message_direction,
        created_at timestamptz)
      where not exists (select from reactions r where r.organization_id = $1 and r.message_id = x.message_id and r.author_id = x.author_id and r.type = x.type)
      order by x.id
      on conflict (organization_id, message_id, author_id, type) do nothing returning id`,
    values: [organizationId, JSON.stringify([...byId].map(([id, each]) => reactionRow(id, each)))],
  });
  return rows.map(({ id }) => byId.get(id)).filter((each) => each !== undefined);
}

function reactionRow(id: string, { messageId, authorId, reaction }: NewReaction) {
  const { type, fromNumber, direction, createdAt } = reaction;
  return { id, message_id: messageId, author_id: authorId, type, from_number: fromNumber, direction, created_at: createdAt };
}

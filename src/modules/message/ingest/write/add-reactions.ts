import { uuidv7 } from 'uuidv7';
import type { Transaction } from '../../../../database/database.ts';
import { mustGet } from '../../../../database/ensure-rows.ts';
import type { ReactionDraft } from '../read/reaction-draft.ts';
import { jsonBatches } from './json-batches.ts';

export interface NewReaction {
  messageId: string;
  conversationId: string;
  authorId: string;
  reaction: ReactionDraft;
}

/**
 * Adds reactions. An author has one reaction of a type on a message: a second one is skipped, and so is one that was removed at or after its time.
 * @returns the added ones
 */
export async function addReactions(tx: Transaction, organizationId: string, reactions: readonly NewReaction[]): Promise<NewReaction[]> {
  const byId = new Map(reactions.map((each) => [uuidv7(), each]));
  const added: NewReaction[] = [];
  for await (const rows of jsonBatches(byId, ([id, each]) => reactionRow(id, each))) {
    for (const { id } of await insertRows(tx, organizationId, rows)) added.push(mustGet(byId, id));
  }
  return added;
}

function insertRows(tx: Transaction, organizationId: string, rows: string): Promise<{ id: string }[]> {
  return tx.query({
    label: 'ingest_add_reactions',
    text: `insert into reactions (organization_id, id, number, message_id, author_id, type, from_number, direction, created_at)
      select $1, x.id, next_number($1), x.message_id, x.author_id, x.type, x.from_number, x.direction, x.created_at
      from jsonb_to_recordset($2::jsonb) as x (id uuid, message_id uuid, author_id uuid, type text, from_number text, direction message_direction,
        created_at timestamptz)
      where not exists (select from reactions r where r.organization_id = $1 and r.message_id = x.message_id and r.author_id = x.author_id and r.type = x.type)
        and not exists (select from removed_reactions d where d.organization_id = $1 and d.message_id = x.message_id and d.author_id = x.author_id
          and d.type = x.type and d.removed_at >= x.created_at)
      order by x.id
      on conflict (organization_id, message_id, author_id, type) do nothing returning id`,
    values: [organizationId, rows],
  });
}

function reactionRow(id: string, { messageId, authorId, reaction }: NewReaction) {
  const { type, fromNumber, direction, createdAt } = reaction;
  return { id, message_id: messageId, author_id: authorId, type, from_number: fromNumber, direction, created_at: createdAt };
}

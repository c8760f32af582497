import type { Transaction } from '../../../database/database.ts';
import { columns } from '../../../database/source.ts';
import { ParleyError } from '../../../errors.ts';
import type { ConversationModel } from '../../../generated/prisma/models.ts';

const fields = [
  'type',
  'title',
  'agentId',
  'archivedAt',
  'lastMessageAt',
  'readThrough',
  'unreadCount',
  'backgroundUrl',
  'backgroundVersion',
] as const;

/** Locks a conversation: until the transaction ends nobody else changes it or its messages. @returns its current state. @throws NOT_FOUND */
export async function lockConversation(
  tx: Transaction,
  organizationId: string,
  id: string,
): Promise<Pick<ConversationModel, (typeof fields)[number]>> {
  const [conversation] = await tx.query<Pick<ConversationModel, (typeof fields)[number]>>({
    label: 'conversation_lock',
    // Not `for update`: rows that point to it may be written meanwhile. Ingestion's own lock waits for this one.
    text: `select ${columns('c', fields)} from conversations c where c.organization_id = $1 and c.id = $2 for no key update`,
    values: [organizationId, id],
  });
  if (conversation === undefined) throw noConversation();
  return conversation;
}

/** The error for a conversation that does not exist or belongs to another organization. */
export function noConversation(): ParleyError {
  return new ParleyError('NOT_FOUND', 'there is no such conversation');
}

import type { Transaction } from '../../../../database/database.ts';
import type { NewMessage } from './insert-messages.ts';

interface Resolved {
  id: string;
  conversationId: string;
}

/** Links replies to their targets in the same conversation: new replies, and stored ones whose target is new. @returns the linked replies */
export async function resolveReplies(tx: Transaction, organizationId: string, recorded: readonly NewMessage[]): Promise<Resolved[]> {
  const resolve = (label: string, condition: string, values: readonly string[]) =>
    tx.query<Resolved>({
      label,
      text: `update messages m set reply_to_id = t.id, reply_to_external_id = null
        from messages t
        where m.organization_id = $1 and ${condition}
          and t.organization_id = $1 and t.external_id = m.reply_to_external_id and t.conversation_id = m.conversation_id and t.id <> m.id
        returning m.id, m.conversation_id as "conversationId"`,
      values: [organizationId, values],
    });
  if (recorded.length === 0) return [];
  const replies = recorded.filter(({ message }) => message.replyTo !== null).map(({ id }) => id);
  const names = recorded.map(({ message }) => message.externalId);
  const added = replies.length > 0 ? await resolve('ingest_resolve_new_replies', 'm.id = any($2::uuid[])', replies) : [];
  const stored = await resolve('ingest_resolve_stored_replies', 'm.reply_to_external_id = any($2::text[])', names);
  return [...added, ...stored];
}

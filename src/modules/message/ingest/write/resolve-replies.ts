import type { Transaction } from '../../../../database/database.ts';
import type { NewMessage } from './insert-messages.ts';

interface Resolved {
  id: string;
  conversationId: string;
}

/** Points new replies, and older ones that waited for a new message, to their targets within their conversations. @returns the replies resolved */
export async function resolveReplies(tx: Transaction, organizationId: string, recorded: readonly NewMessage[]): Promise<Resolved[]> {
  const resolve = (label: string, which: string, values: readonly string[]) =>
    tx.query<Resolved>({
      label,
      text: `update messages m set reply_to_id = t.id, reply_to_external_id = null
        from messages t
        where m.organization_id = $1 and ${which}
          and t.organization_id = $1 and t.external_id = m.reply_to_external_id and t.conversation_id = m.conversation_id and t.id <> m.id
        returning m.id, m.conversation_id as "conversationId"`,
      values: [organizationId, values],
    });
  if (recorded.length === 0) return [];
  const replies = recorded.filter(({ message }) => message.replyTo !== null).map(({ id }) => id);
  const names = recorded.map(({ message }) => message.externalId);
  const fresh = replies.length > 0 ? await resolve('ingest_resolve_new_replies', 'm.id = any($2::uuid[])', replies) : [];
  const waiting = await resolve('ingest_resolve_waiting_replies', 'm.reply_to_external_id = any($2::text[])', names);
  return [...fresh, ...waiting];
}

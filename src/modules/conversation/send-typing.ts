import type { Queryable } from '../../database/database.ts';
import { typingChannel } from '../event/channels.ts';
import { noConversation } from './lock.ts';

/** Tells whoever listens, on any gateway, that somebody is typing; nothing is kept. @returns when. @throws NOT_FOUND */
export async function sendTypingIndicator(database: Queryable, organizationId: string, conversationId: string): Promise<Date> {
  const at = new Date();
  const rows = await database.query({
    label: 'typing_notify',
    text: `select pg_notify('${typingChannel}', $3) from conversations where organization_id = $1 and id = $2`,
    values: [organizationId, conversationId, JSON.stringify({ organizationId, conversationId, at })],
  });
  if (rows.length === 0) throw noConversation();
  return at;
}

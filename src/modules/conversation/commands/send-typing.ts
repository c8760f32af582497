import type { Queryable } from '../../../database/database.ts';
import { badInput, ParleyError } from '../../../errors.ts';
import { typingChannel } from '../../event/store/channels.ts';
import { typingSeconds } from '../../event/store/typing.ts';
import { noConversation } from '../store/lock.ts';

interface Typing {
  /** False: typing stopped. */
  isTyping: boolean;
  /** The person or the agent who types. At most one of the two is set. */
  participantId: string | null;
  agentId: string | null;
}

/** The times at which an indicator was sent and will end; `until` is null if typing stopped. */
interface SentTyping {
  at: Date;
  until: Date | null;
}

/**
 * Notifies the listeners of every gateway that somebody is typing or stopped. Nothing is stored and no timer runs: each indicator has its end.
 * @throws BAD_USER_INPUT for both a participant and an agent, NOT_FOUND
 */
export async function sendTypingIndicator(
  database: Queryable,
  organizationId: string,
  conversationId: string,
  { isTyping, participantId, agentId }: Typing,
): Promise<SentTyping> {
  if (participantId !== null && agentId !== null) throw badInput('agentId', 'cannot be combined with participantId');
  const at = new Date();
  const until = isTyping ? new Date(at.getTime() + typingSeconds * 1_000) : null;
  const payload = JSON.stringify({ organizationId, conversationId, at, until, participantId, agentId });
  const [found] = await database.query<{ conversation: boolean; participant: boolean; agent: boolean; sent: unknown }>({
    label: 'typing_notify',
    text: `select existing.*, case when conversation and participant and agent then pg_notify('${typingChannel}', $3) end as sent
      from (select exists(select from conversations where organization_id = $1 and id = $2) as conversation,
        $4::uuid is null or exists(select from participants where organization_id = $1 and id = $4) as participant,
        $5::uuid is null or exists(select from agents where organization_id = $1 and id = $5) as agent) existing`,
    values: [organizationId, conversationId, payload, participantId, agentId],
  });
  if (!found?.conversation) throw noConversation();
  if (!found.participant) throw new ParleyError('NOT_FOUND', 'there is no such participant');
  if (!found.agent) throw new ParleyError('NOT_FOUND', 'there is no such agent');
  return { at, until };
}

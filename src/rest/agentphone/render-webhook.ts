import {
  AgentPhoneWebhookMessageDocument,
  AgentPhoneWebhookReactionDocument,
  AgentPhoneWebhookTestDocument,
} from '../../generated/graphql/graphql.ts';
import { encodeId, nilUuid } from '../../values/ids.ts';
import { formatInstant } from '../../values/instant.ts';
import type { Execute } from '../kit/graphql/execute.ts';
import { type RunInside, runInside } from '../kit/graphql/run-inside.ts';
import { notNull } from '../kit/present.ts';
import { withPrefix } from './ids.ts';
import { type Envelope, messagePayload, reactionPayload, testPayload } from './webhook-payload.ts';

/** An event to send: UUIDs, never content. */
interface WebhookEvent {
  organizationId: string;
  kind: 'MESSAGE' | 'REACTION' | 'TEST';
  /** Null without an agent. */
  agentId: string | null;
  /** Null in a test, as the message. */
  conversationId: string | null;
  messageId: string | null;
  /** Null unless it is a reaction. */
  reactionId: string | null;
  createdAt: Date;
}

/** A webhook as it is sent. `event`: its name in the contract. */
interface Rendered {
  event: string;
  body: Uint8Array;
}

/** Writes an event as a webhook, with what it shows now. Null if it shows nothing in this contract: its reaction was removed, or it is of a workplace chat. */
export type Render = (event: WebhookEvent, endpoint: { contextLimit: number }, signal: AbortSignal) => Promise<Rendered | null>;

/** Returns a function that writes webhooks. Each runs one operation, in the name of its organization. */
export function webhookRenderer(execute: Execute): Render {
  return async (event, { contextLimit }, signal) => {
    const run = runInside(execute, { organizationId: event.organizationId, scopes: ['conversations:read'], signal });
    const envelope = {
      timestamp: formatInstant(event.createdAt),
      agentId: event.agentId && withPrefix('Agent', encodeId('Agent', event.agentId)),
    };
    const payload = await payloadOf(event, envelope, contextLimit, run);
    return payload && { event: payload.event, body: Buffer.from(JSON.stringify(payload)) };
  };
}

function payloadOf(event: WebhookEvent, envelope: Envelope, contextLimit: number, run: RunInside) {
  switch (event.kind) {
    case 'MESSAGE':
      return ofMessage(event, envelope, contextLimit, run);
    case 'REACTION':
      return ofReaction(event, envelope, run);
    case 'TEST':
      return ofTest(envelope, run);
  }
}

async function ofMessage({ conversationId, messageId }: WebhookEvent, envelope: Envelope, contextLimit: number, run: RunInside) {
  const id = encodeId('Message', messageId ?? nilUuid);
  // The page is centered on the message, so that half of it is the history: messages that came later are not part of it.
  const size = 2 * contextLimit + 1;
  const conversation = encodeId('Conversation', conversationId ?? nilUuid);
  const found = (await run(AgentPhoneWebhookMessageDocument, { conversation, message: id, around: size }))?.conversation ?? null;
  if (found?.type !== 'PHONE') return null;
  const { nodes } = notNull(found.messages);
  const at = nodes.findIndex((each) => each.id === id);
  const message = nodes[at];
  return message === undefined ? null : messagePayload(envelope, found, message, nodes.slice(Math.max(0, at - contextLimit), at));
}

async function ofReaction({ messageId, reactionId }: WebhookEvent, envelope: Envelope, run: RunInside) {
  const ids = { reaction: encodeId('Reaction', reactionId ?? nilUuid), message: encodeId('Message', messageId ?? nilUuid) };
  const { reaction, message } = (await run(AgentPhoneWebhookReactionDocument, ids)) ?? {};
  if (reaction == null || !('type' in reaction) || message == null || !('body' in message) || message.conversation.type !== 'PHONE')
    return null;
  return reactionPayload(envelope, reaction, message);
}

/** Without an agent, the test shows the organization's first one. */
async function ofTest(envelope: Envelope, run: RunInside) {
  if (envelope.agentId !== null) return testPayload(envelope);
  const [agent] = (await run(AgentPhoneWebhookTestDocument, {}))?.agents?.nodes ?? [];
  return testPayload({ ...envelope, agentId: agent === undefined ? null : withPrefix('Agent', agent.id) });
}

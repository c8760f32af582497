import type { Database, Transaction } from '../../database/database.ts';
import { findAgentName } from '../../modules/agent/store/find-name.ts';
import { addReactionIn } from '../../modules/message/commands/add-reaction.ts';
import { ingest } from '../../modules/message/ingest/ingest.ts';
import { readReactionInput } from '../../modules/message/ingest/read/read-draft.ts';
import { findMessageOfContact } from '../../modules/message/store/find-of-contact.ts';
import { hasLaterInbound } from '../../modules/message/store/has-later-inbound.ts';
import { noteWebhook } from '../../modules/webhook-receiver/commands/note-webhook.ts';
import type { Receiver } from '../../modules/webhook-receiver/store/rows.ts';
import { nameContact } from './name-contact.ts';
import { type MessageEvent, messageOf, type ReactionEvent } from './webhook-event.ts';

/** The event cannot be stored: its message says why, without content. `isMissing`: its message may arrive later. */
export class UnusableEvent extends Error {
  override name = 'UnusableEvent';
  readonly isMissing: boolean;
  constructor(problem: string, isMissing = false) {
    super(problem);
    this.isMissing = isMissing;
  }
}

/**
 * Stores the message or the reaction of a webhook, and the webhook's id, in one transaction.
 * @returns false if the id was received before. @throws UnusableEvent, BAD_USER_INPUT
 */
export async function recordWebhook(
  database: Database,
  receiver: Receiver,
  webhookId: string,
  event: MessageEvent | ReactionEvent,
): Promise<boolean> {
  const isFirst = await database.transaction(async (tx) => {
    if (!(await noteWebhook(tx, receiver, webhookId))) return false;
    if (event.event === 'agent.message') await recordMessage(tx, receiver.organizationId, event);
    else await recordReaction(tx, receiver.organizationId, event);
    return true;
  });
  // Not with the message: a participant must not be locked after a batch. The next message of the contact has the name, too.
  if (event.event === 'agent.message' && event.data.contact) await nameContact(database, receiver.organizationId, event.data.contact);
  return isFirst;
}

async function recordMessage(tx: Transaction, organizationId: string, event: MessageEvent): Promise<void> {
  const { agentId } = event;
  // A webhook has no name of the agent: the stored one remains, and an agent that is not stored yet is called by its id.
  const agent = agentId == null ? null : { externalId: agentId, name: (await findAgentName(tx, organizationId, agentId)) ?? agentId };
  const { from, to, direction, receivedAt } = event.data;
  const place = { phoneNumber: to, contactNumber: from, createdAt: receivedAt };
  const isOvertaken = direction === 'inbound' && (await hasLaterInbound(tx, organizationId, place));
  // The agent and the state of a webhook that was overtaken by a later one are older than those that are stored.
  const read = isOvertaken ? messageOf({ ...event, conversationState: undefined }, null) : messageOf(event, agent);
  if ('problem' in read) throw new UnusableEvent(read.problem);
  const [outcome] = await ingest(tx, organizationId, [read.draft]);
  if (outcome?.outcome === 'refused') throw new UnusableEvent(`${outcome.field} ${outcome.reason}`);
}

async function recordReaction(tx: Transaction, organizationId: string, { data }: ReactionEvent): Promise<void> {
  const { messageId, reactionType, fromNumber, createdAt } = data;
  // The vendor sends the reactions of contacts only. Of another side's, no address in the event leads to the message.
  if (data.direction !== 'inbound') return;
  const id = await findMessageOfContact(tx, organizationId, { contactNumber: fromNumber, externalId: messageId });
  if (id === null) throw new UnusableEvent('the message of this reaction is not stored', true);
  await addReactionIn(tx, organizationId, id, readReactionInput({ type: reactionType, fromNumber, direction: 'INBOUND', createdAt }));
}

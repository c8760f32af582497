import type { Transaction } from '../../../../database/database.ts';
import { mustGet } from '../../../../database/ensure-rows.ts';
import { type ConsentAnswer, recordConsents } from '../../../consent/commands/record-consents.ts';
import { renameAgents } from '../parties/ensure-agents.ts';
import { updatePeople } from '../parties/ensure-participants.ts';
import type { PartyIds } from '../parties/ensure-parties.ts';
import { contactOf, partyKey } from '../parties/party.ts';
import type { PersonDraft } from '../read/reaction-draft.ts';
import type { NewReaction } from '../write/add-reactions.ts';
import type { NewMessage } from '../write/insert-messages.ts';
import { countMessages } from './count-messages.ts';
import { type Appearance, joinConversations } from './join-conversations.ts';

interface Ids extends PartyIds {
  /** By E.164. */
  phoneNumberIds: ReadonlyMap<string, string>;
}

/** Ids of the rows that the details changed. */
interface Changed {
  conversations: ReadonlySet<string>;
  participantIds: readonly string[];
  agentIds: readonly string[];
}

/**
 * Applies new messages and reactions to their conversations, agents, people, participants and consents. If several lines give a detail, the last one counts.
 * @returns the changed rows, without those of which only the counts changed
 */
export async function applyDetails(
  tx: Transaction,
  organizationId: string,
  recorded: readonly NewMessage[],
  reactions: readonly NewReaction[],
  ids: Ids,
): Promise<Changed> {
  const agentIds = await renameAgents(tx, organizationId, agentNames(recorded, ids));
  const participantIds = await updatePeople(tx, organizationId, peopleDetails(recorded, reactions));
  const conversations = new Set((await countMessages(tx, organizationId, recorded, ids.agentIds)).map(({ id }) => id));
  await joinConversations(tx, organizationId, appearances(recorded, reactions, ids));
  const answers = consentAnswers(recorded, ids);
  const conversationIds = new Map(answers.map((each) => [pairKey(each), each.conversationId]));
  for (const pair of await recordConsents(tx, organizationId, answers)) conversations.add(mustGet(conversationIds, pairKey(pair)));
  return { conversations, participantIds, agentIds };
}

function agentNames(recorded: readonly NewMessage[], { agentIds }: PartyIds): Map<string, string> {
  const agents = recorded.flatMap(({ message }) => message.agent ?? []);
  return new Map(agents.map(({ externalId, name }) => [mustGet(agentIds, externalId), name]));
}

function peopleDetails(recorded: readonly NewMessage[], reactions: readonly NewReaction[]): Map<string, PersonDraft> {
  const details = new Map<string, PersonDraft>();
  for (const { authorId, message } of recorded) if (message.author !== null) details.set(authorId, message.author);
  for (const { authorId, reaction } of reactions) if (reaction.author !== null) details.set(authorId, reaction.author);
  return details;
}

function appearances(recorded: readonly NewMessage[], reactions: readonly NewReaction[], { participantIds }: PartyIds): Appearance[] {
  const authors = recorded.map(({ conversationId, authorId, message }) => ({
    conversationId,
    participantId: authorId,
    at: message.createdAt,
  }));
  const contacts = recorded.flatMap(({ conversationId, message }) => {
    const name = contactOf(message);
    if (name === null) return [];
    return { conversationId, participantId: mustGet(participantIds, partyKey({ kind: 'CONTACT', name })), at: message.createdAt };
  });
  const reactors = reactions.map(({ conversationId, authorId, reaction }) => ({
    conversationId,
    participantId: authorId,
    at: reaction.createdAt,
  }));
  return [...authors, ...contacts, ...reactors];
}

function consentAnswers(recorded: readonly NewMessage[], { phoneNumberIds }: Ids): (ConsentAnswer & { conversationId: string })[] {
  return recorded.flatMap(({ conversationId, message: { conversation, consent } }) => {
    if (conversation.type !== 'PHONE' || consent === null) return [];
    const { phoneNumber, contactNumber } = conversation;
    return { conversationId, phoneNumberId: mustGet(phoneNumberIds, phoneNumber), contactNumber, ...consent };
  });
}

function pairKey({ phoneNumberId, contactNumber }: Pick<ConsentAnswer, 'phoneNumberId' | 'contactNumber'>): string {
  return `${phoneNumberId} ${contactNumber}`;
}

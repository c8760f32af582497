import type { Transaction } from '../../../../database/database.ts';
import { ensureWorkplaces } from '../../../participant/commands/ensure-workplaces.ts';
import type { Line } from '../match/line.ts';
import type { PersonDraft, ReactionDraft } from '../read/reaction-draft.ts';
import { ensureAgents } from './ensure-agents.ts';
import { ensureParticipants } from './ensure-participants.ts';
import { authorOf, contactOf, type Party, partyKey, reactionAuthor, type Setting } from './party.ts';

export interface PartyIds {
  /** By external id. */
  agentIds: ReadonlyMap<string, string>;
  /** By party key. */
  participantIds: ReadonlyMap<string, string>;
}

interface Reacted {
  message: Setting & { reactions: readonly ReactionDraft[] };
}

/** Finds or creates the parties of new messages, and of the reactions to stored ones. */
export async function ensureParties(
  tx: Transaction,
  organizationId: string,
  added: readonly Line[],
  stored: readonly Reacted[],
): Promise<PartyIds> {
  const agents = new Map<string, string>();
  const parties = new Map<string, Party>();
  const people: PersonDraft[] = [];
  const add = (party: Party, { message: { agent } }: Reacted) => {
    parties.set(partyKey(party), party);
    if (party.kind === 'PERSON') people.push(party.details);
    if (party.kind === 'AGENT' && agent !== null) agents.set(agent.externalId, agent.name);
  };
  for (const line of added) {
    const { agent } = line.message;
    const contact = contactOf(line.message);
    if (agent !== null) agents.set(agent.externalId, agent.name);
    if (contact !== null) add({ kind: 'CONTACT', name: contact }, line);
    add(authorOf(line.message), line);
  }
  for (const line of [...added, ...stored])
    for (const reaction of line.message.reactions) add(reactionAuthor(line.message, reaction), line);
  await ensureWorkplaces(tx, organizationId, people);
  const agentIds = await ensureAgents(tx, organizationId, agents);
  return { agentIds, participantIds: await ensureParticipants(tx, organizationId, parties, agentIds) };
}

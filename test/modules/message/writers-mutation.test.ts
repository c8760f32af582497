import { expect, test } from 'vitest';
import { useApp } from '../../support/harness.ts';
import { chatLine, phoneLine } from '../../support/lines.ts';
import { ask } from '../conversation/conversations.ts';
import { wrongCounters } from './ingest/merging.ts';
import { inCapitals, record, recordDocument } from './recording.ts';

const parley = useApp();
const at = (minute: number) => new Date(Date.UTC(2026, 0, 1, 0, minute)).toISOString();

test('concurrent writes of all kinds to the same rows cause no deadlock and keep the counters right', async () => {
  const tenant = await parley.tenant();
  const person = (index: number) => ({ externalId: `p${index % 4}`, firstName: 'P', lastName: String(index), department: `D${index % 3}` });
  const lines = (round: number) =>
    Array.from({ length: 40 }, (_, index) => {
      const common = { externalId: `m${index + round * 20}`, createdAt: at(index), author: person(index + round) };
      return index % 2 === 0
        ? chatLine({ ...common, conversation: { externalId: `c${index % 3}`, type: 'group' } })
        : phoneLine({
            ...common,
            contactNumber: `+155500010${10 + (index % 4)}`,
            agent: { externalId: `a${index % 2}`, name: `A${round}` },
          });
    });
  const messages: { messageId: string }[] = await record(parley, tenant.key, lines(0));
  const { conversations, phoneNumbers, agents } = await ask(
    parley,
    tenant.key,
    '{ conversations { nodes { id participants { nodes { id participantKind } } } } phoneNumbers { nodes { id } } agents { nodes { id } } }',
  );
  const people: { id: string; participantKind: string }[] = conversations.nodes.flatMap(
    (node: { participants: { nodes: object[] } }) => node.participants.nodes,
  );
  const [{ id: participant } = { id: '' }] = people.filter(({ participantKind }) => participantKind === 'PERSON');
  const writers: [string, (round: number) => Record<string, unknown>][] = [
    [recordDocument, (round) => ({ messages: (round % 2 === 0 ? lines(round) : lines(round).reverse()).map(inCapitals) })],
    [
      'mutation ($updates: [UpdateMessageInput!]!) { updateMessages(input: { updates: $updates }) { results { outcome } } }',
      (round) => ({
        updates: messages.toReversed().map(({ messageId: id }) => ({ id, editedAt: at(100 + round), body: `Edit ${round}` })),
      }),
    ],
    [
      'mutation ($input: AddReactionInput!) { addReaction(input: $input) { added } }',
      (round) => ({
        input: { messageId: messages[round]?.messageId, type: 'like', direction: 'INBOUND', createdAt: at(1), author: person(round) },
      }),
    ],
    [
      'mutation ($input: UpdateParticipantInput!) { updateParticipant(input: $input) { __typename } }',
      (round) => ({ input: { id: participant, title: `T${round}`, department: `D${round}` } }),
    ],
    [
      'mutation ($input: RecordConsentInput!) { recordConsent(input: $input) { changed } }',
      (round) => ({
        input: { phoneNumberId: phoneNumbers.nodes[0].id, contactNumber: '+15550001011', optedIn: round % 2 === 0, at: at(round) },
      }),
    ],
    [
      'mutation ($input: AssignAgentInput!) { assignAgent(input: $input) { __typename } }',
      (round) => ({
        input: { conversationId: conversations.nodes[round % conversations.nodes.length].id, agentId: agents.nodes[round % 2]?.id ?? null },
      }),
    ],
  ];
  await Promise.all(
    writers.map(async ([document, variables]) => {
      for (let round = 0; round < 6; round++) await ask(parley, tenant.key, document, variables(round));
    }),
  );
  expect(await wrongCounters(parley.app.database, tenant.id)).toEqual([]);
});

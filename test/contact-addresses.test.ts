// Conversations with a short code, an alphanumeric sender or a 7-digit number: every API shows them, and an export can be imported again.
import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { beforeAll, describe, expect, test } from 'vitest';
import { importFile } from '../src/modules/message/import-file/import-file.ts';
import { exportedText } from './modules/message/ingest/merging.ts';
import { type Tenant, useApp } from './support/harness.ts';
import { phoneLine } from './support/lines.ts';

const parley = useApp();
let tenant: Tenant;

/** Two of them differ only in case, two only in a space, and one contains the text of another contact's key. */
const contacts = ['22395', 'VERIFY', 'Verify', 'My Bank', 'MyBank', '+6834000', 'chat A', '+VERIFY'];

const threads = contacts.flatMap((contactNumber, index) => [
  phoneLine({
    externalId: `${index} in`,
    createdAt: `2026-01-0${index + 1}T00:00:00Z`,
    contactNumber,
    body: `Your code is 12345${index}`,
    agent: { externalId: 'ada', name: 'Ada' },
    consent: { optedIn: index % 2 === 0, at: '2026-01-01T00:00:00Z' },
    reactions: [{ type: 'like', direction: 'inbound', fromNumber: contactNumber, createdAt: '2026-02-01T00:00:00Z' }],
  }),
  phoneLine({
    externalId: `${index} out`,
    createdAt: `2026-01-0${index + 1}T00:00:01Z`,
    direction: 'outbound',
    contactNumber,
    body: 'STOP',
    agent: { externalId: 'ada', name: 'Ada' },
    replyTo: `${index} in`,
  }),
]);

const ndjson = (lines: readonly object[]) => lines.map((line) => `${JSON.stringify(line)}\n`).join('');
const json = async (path: string) => (await parley.fetch(path, tenant.key)).json();
const newestFirst = contacts.toReversed();

async function importText(organizationId: string, text: string): Promise<{ imported: number; refused: string[] }> {
  const folder = await mkdtemp(join(tmpdir(), 'parley-addresses-'));
  const file = join(folder, 'lines.ndjson');
  await writeFile(file, text);
  const refused: string[] = [];
  const onRefused = (_line: number, field: string) => void refused.push(field);
  const { imported } = await importFile(parley.app.database, organizationId, file, { skipInvalid: false, onRefused, onProgress: () => {} });
  await rm(folder, { recursive: true });
  return { imported, refused };
}

beforeAll(async () => {
  tenant = await parley.tenant();
  expect(await importText(tenant.id, ndjson(threads))).toEqual({ imported: threads.length, refused: [] });
});

describe('shows the conversations', () => {
  test('in GraphQL', async () => {
    const query = `{ conversations { nodes { contactNumber consent { optedIn } participants { nodes { participantKind name contactNumber } }
      messages { nodes { from to reactions { fromNumber } } } } } }`;
    const { data } = await parley.graphql(tenant.key, query);
    expect(data.conversations.nodes).toEqual(
      newestFirst.map((contact) => ({
        contactNumber: contact,
        consent: { optedIn: contacts.indexOf(contact) % 2 === 0 },
        participants: {
          nodes: [
            { participantKind: 'CONTACT', name: contact, contactNumber: contact },
            { participantKind: 'AGENT', name: 'Ada', contactNumber: null },
          ],
        },
        messages: {
          nodes: [
            { from: contact, to: '+15550000001', reactions: [{ fromNumber: contact }] },
            { from: '+15550000001', to: contact, reactions: [] },
          ],
        },
      })),
    );
  });

  test('in AgentMessage', async () => {
    const { data } = await json('/agentmessage/v1/conversations');
    expect(data.map((item: { contact_number: string }) => item.contact_number)).toEqual(newestFirst);
    for (const { id, contact_number } of data) {
      const messages = await json(`/agentmessage/v1/conversations/${id}/messages`);
      expect(messages.data).toMatchObject([{ from_number: contact_number }, { to_number: contact_number }]);
    }
  });

  test('in AgentPhone', async () => {
    const { data } = await json('/agentphone/v1/conversations');
    expect(data.map((item: { participant: string }) => item.participant)).toEqual(newestFirst);
    for (const { id, participant, phoneNumberId } of data) {
      const { messages } = await json(`/agentphone/v1/conversations/${id}`);
      expect(messages).toMatchObject([{ toNumber: participant }, { fromNumber: participant, reactions: [{ fromNumber: participant }] }]);
      const { data: ofNumber } = await json(`/agentphone/v1/numbers/${phoneNumberId}/messages`);
      expect(ofNumber).toContainEqual(expect.objectContaining({ from: participant, from_: participant }));
    }
  });

  test('in Ziik', async () => {
    const { data } = await json('/ziik/conversations');
    expect(data.map(({ title }: { title: string }) => title)).toEqual(newestFirst);
    for (const { id, title } of data) {
      const messages = await json(`/ziik/conversations/${id}/messages`);
      expect(messages.data).toMatchObject([{ author: { name: 'Ada' } }, { author: { name: title } }]);
    }
  });
});

describe('finds a conversation by its exact address', () => {
  test.each(contacts)('%s', async (contact) => {
    const page = await json(`/agentmessage/v1/conversations?${new URLSearchParams({ contact_number: contact })}`);
    expect(page).toMatchObject({ data: [{ contact_number: contact }], meta: { total: 1 } });
    const query = 'query ($contact: PhoneNumberString) { conversations(filter: {contactNumber: $contact}) { nodes { contactNumber } } }';
    const { data } = await parley.graphql(tenant.key, query, { contact });
    expect(data.conversations.nodes).toEqual([{ contactNumber: contact }]);
  });

  test('restores a + that arrived as a space', async () => {
    for (const [search, contact] of [
      ['+6834000', '+6834000'],
      ['+VERIFY', '+VERIFY'],
      ['My+Bank', 'My Bank'],
    ]) {
      const { data } = await json(`/agentmessage/v1/conversations?contact_number=${search}`);
      expect(data).toMatchObject([{ contact_number: contact }]);
    }
  });
});

test('finds them by a search in any case, also if the contact never wrote', async () => {
  const { id, key } = await parley.tenant();
  await parley.importLines({ id }, [phoneLine({ direction: 'outbound', contactNumber: 'VERIFY' })]);
  for (const keyword of ['verify', 'RIF']) {
    const { data } = await parley.graphql(
      key,
      'query ($query: String) { conversations(filter: {query: $query}) { nodes { contactNumber } } }',
      {
        query: keyword,
      },
    );
    expect(data.conversations.nodes).toEqual([{ contactNumber: 'VERIFY' }]);
  }
});

test('exports the same after an import into another organization', async () => {
  const first = await exportedText(parley.app.database, tenant.id);
  const other = await parley.tenant();
  expect(await importText(other.id, first)).toEqual({ imported: threads.length, refused: [] });
  expect(await exportedText(parley.app.database, other.id)).toBe(first);
  expect(await importText(other.id, first)).toEqual({ imported: 0, refused: [] });
});

test('imports a reply to a message that is already stored', async () => {
  const { id } = await parley.tenant();
  await importText(id, ndjson(threads));
  const answers = contacts.map((contactNumber, index) => phoneLine({ contactNumber, replyTo: `${index} in` }));
  expect(await importText(id, ndjson(answers))).toEqual({ imported: contacts.length, refused: [] });
  const strange = contacts.map((contactNumber, index) => phoneLine({ contactNumber, replyTo: `${(index + 1) % contacts.length} in` }));
  expect(await importText(id, ndjson(strange))).toEqual({ imported: 0, refused: contacts.map(() => 'replyTo') });
});

test.each([
  ['contactNumber', '+00000000'],
  ['contactNumber', '+05550000002'],
  ['phoneNumber', '+00000000'],
  ['phoneNumber', '22395'],
  ['phoneNumber', 'VERIFY'],
])('rejects an import with the %s %s, naming the field', async (field, address) => {
  const { id } = await parley.tenant();
  expect(await importText(id, ndjson([phoneLine({ [field]: address })]))).toEqual({ imported: 0, refused: [field] });
});

describe('mutations', () => {
  test('updateMessages finds a message by its contact', async () => {
    const mutation = `mutation ($updates: [UpdateMessageInput!]!) { updateMessages(input: { updates: $updates }) { results { outcome field } } }`;
    const updates = contacts.map((contactNumber, index) => ({
      externalId: `${index} in`,
      phoneNumber: '+15550000001',
      contactNumber,
      editedAt: '2026-03-01T00:00:00Z',
      body: `Edited ${index}`,
    }));
    const other = await parley.tenant();
    await parley.importLines(other, threads);
    const { data } = await parley.graphql(other.key, mutation, { updates: [...updates, { ...updates[0], phoneNumber: '22395' }] });
    expect(data.updateMessages.results).toEqual([
      ...contacts.map(() => ({ outcome: 'UPDATED', field: null })),
      { outcome: 'REFUSED', field: expect.stringMatching(/phoneNumber$/) },
    ]);
  });

  test('recordMessages rejects a number of the organization that is not E.164', async () => {
    const other = await parley.tenant();
    const mutation = `mutation ($messages: [RecordMessageInput!]!) { recordMessages(input: { messages: $messages }) { results { outcome field } } }`;
    const line = {
      externalId: '1',
      createdAt: '2026-01-01T00:00:00Z',
      direction: 'INBOUND',
      phoneNumber: '+15550000001',
      contactNumber: 'My Bank',
    };
    const { data } = await parley.graphql(other.key, mutation, { messages: [line, { ...line, phoneNumber: 'VERIFY' }] });
    expect(data.recordMessages.results).toEqual([
      { outcome: 'CREATED', field: null },
      { outcome: 'REFUSED', field: expect.stringMatching(/phoneNumber$/) },
    ]);
  });

  test('recordConsent stores the consent of a contact that never wrote, and of no other', async () => {
    const { phoneNumbers } = (await parley.graphql(tenant.key, '{ phoneNumbers { nodes { id } } }')).data;
    const mutation = 'mutation ($input: RecordConsentInput!) { recordConsent(input: $input) { changed consent { optedIn } } }';
    const record = async (contactNumber: string) =>
      parley.graphql(tenant.key, mutation, {
        input: { phoneNumberId: phoneNumbers.nodes[0].id, contactNumber, optedIn: true, at: '2025-01-01T00:00:00Z' },
      });
    for (const contact of ['ALERTS', 'alerts', '898989'])
      expect((await record(contact)).data.recordConsent).toEqual({ changed: true, consent: { optedIn: true } });
    expect((await record('+00000000')).errors).toMatchObject([{ extensions: { code: 'BAD_USER_INPUT', field: 'input.contactNumber' } }]);
  });
});

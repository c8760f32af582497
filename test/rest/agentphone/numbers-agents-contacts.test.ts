import { beforeAll, describe, expect, test } from 'vitest';
import { type Tenant, useApp } from '../../support/harness.ts';
import { chatLine, phoneLine } from '../../support/lines.ts';
import { client } from './client.ts';

const parley = useApp();
const agentphone = client(parley);
let tenant: Tenant;

const contact = (index: number) => `+1555010${1000 + index}`;
const number = (index: number) => `+1555000${1000 + index}`;
const time = expect.stringMatching(/Z$/);

beforeAll(async () => {
  const other = await parley.tenant();
  await parley.importLines(other, [phoneLine({ phoneNumber: '+19990000001', agent: { externalId: 'x', name: 'Theirs' } })]);
  tenant = await parley.tenant();
  await parley.importLines(tenant, [
    ...Array.from({ length: 25 }, (_, index) =>
      phoneLine({
        phoneNumber: number(index),
        contactNumber: contact(index),
        agent: { externalId: `agent ${index}`, name: `Agent ${index}` },
      }),
    ),
    chatLine({}),
  ]);
});

describe.each(['numbers', 'agents', 'contacts'] as const)('%s', (list) => {
  test('lists twenty by default, then the rest by offset, each once, in stored order', async () => {
    const first = await agentphone[list](tenant.key);
    const rest = await agentphone[list](tenant.key, { offset: 20, limit: 5 });
    expect([first.data.length, first.total, rest.data.length, rest.total]).toEqual([20, 25, 5, 25]);
    if (list !== 'agents') expect([first, rest].map((page) => 'hasMore' in page && page.hasMore)).toEqual([true, false]);
    const all = [...first.data, ...rest.data];
    expect(new Set(all.map(({ id }) => id)).size).toBe(25);
    const times = all.map(({ createdAt }) => Date.parse(createdAt));
    expect(times).toEqual(times.toSorted((a, b) => a - b));
    expect(JSON.stringify(all)).not.toMatch(/Theirs|\+1999/);
  });

  test('returns an empty page with the right total past the end', async () => {
    for (const offset of [1_000_000, 1_000_001, '9'.repeat(30)])
      expect(await agentphone[list](tenant.key, { offset })).toMatchObject({ data: [], total: 25 });
  });

  test('runs one statement for a page', async () => {
    await agentphone[list](tenant.key);
    expect(await parley.statements(() => agentphone[list](tenant.key))).toHaveLength(1);
  });
});

test('returns a number with every key of its type, unknown values neutral, alike in the list and by id', async () => {
  const [first] = (await agentphone.numbers(tenant.key)).data;
  expect(first).toEqual({
    id: expect.stringMatching(/^num_[\w-]{23}$/),
    phoneNumber: number(0),
    country: '',
    status: 'active',
    agentId: null,
    createdAt: time,
  });
  expect(await agentphone.number(tenant.key, String(first?.id))).toEqual(first);
});

test('returns an agent with every key of its type, unknown values neutral, alike in the list and by id', async () => {
  const { data } = await agentphone.agents(tenant.key, { limit: 100 });
  const agent = data.find(({ name }) => name === 'Agent 7');
  expect(agent).toMatchObject({
    id: expect.stringMatching(/^agt_[\w-]{23}$/),
    description: null,
    voiceMode: 'webhook',
    voice: '',
    systemPrompt: null,
    createdAt: time,
    numbers: [],
  });
  expect(await agentphone.agent(tenant.key, String(agent?.id))).toEqual(agent);
});

test('uses the same ids in conversations and in the lists', async () => {
  const { data } = await agentphone.conversations(tenant.key, { limit: 3 });
  for (const { agentId, phoneNumberId, phoneNumber } of data) {
    expect(await agentphone.number(tenant.key, phoneNumberId)).toMatchObject({ id: phoneNumberId, phoneNumber });
    expect(await agentphone.agent(tenant.key, String(agentId))).toMatchObject({ id: agentId });
  }
});

describe('contacts', () => {
  test('names a contact without a name by its number', async () => {
    const { data } = await agentphone.contacts(tenant.key, { limit: 100 });
    expect(data.find(({ phoneNumber }) => phoneNumber === contact(3))).toEqual({
      id: expect.stringMatching(/^con_[\w-]{23}$/),
      phoneNumber: contact(3),
      name: contact(3),
      email: null,
      notes: null,
      createdAt: time,
      updatedAt: time,
    });
  });

  test('searches by a part of the name or number; an empty search lists all', async () => {
    const [{ id } = { id: '' }] = (await agentphone.contacts(tenant.key, { search: contact(4) })).data;
    const rename = 'mutation ($input: UpdateParticipantInput!) { updateParticipant(input: $input) { participant { name } } }';
    await parley.graphql(tenant.key, rename, { input: { id: id.replace('con_', ''), firstName: 'Jane', lastName: 'Doe' } });
    for (const search of ['jane', 'E D', contact(4)]) {
      expect(await agentphone.contacts(tenant.key, { search })).toMatchObject({
        data: [{ id, name: 'Jane Doe' }],
        hasMore: false,
        total: 1,
      });
    }
    expect(await agentphone.contacts(tenant.key, { search: '' })).toEqual(await agentphone.contacts(tenant.key));
    expect((await agentphone.contacts(tenant.key, { search: '999' })).total).toBe(0);
  });
});

test('answers 404 for an id of another type', async () => {
  const { data } = await agentphone.numbers(tenant.key, { limit: 1 });
  const id = String(data[0]?.id);
  for (const path of [`/v1/agents/${id}`, `/v1/agents/${id.replace('num_', 'agt_')}`, `/v1/numbers/${id.replace('num_', '')}`]) {
    expect((await agentphone.refusal(`/agentphone${path}`, tenant.key)).status).toBe(404);
  }
});

import fc from 'fast-check';
import { beforeAll, describe, expect, test } from 'vitest';
import { encodeId } from '../../../src/values/ids.ts';
import { type Tenant, useApp } from '../../support/harness.ts';
import { chatLine, phoneLine } from '../../support/lines.ts';
import { client } from './client.ts';

const parley = useApp();
const agentphone = client(parley);
let tenant: Tenant;
let ada: string;
let numbers: string[];

const count = 25;
const contact = (index: number) => `+1555010${1000 + index}`;

beforeAll(async () => {
  tenant = await parley.tenant();
  await parley.importLines(tenant, [
    ...Array.from({ length: count }, (_, index) =>
      phoneLine({
        contactNumber: contact(index),
        // Five share an instant.
        createdAt: `2026-03-01T10:00:0${Math.floor(index / 5)}Z`,
        phoneNumber: index % 2 === 0 ? '+15550000001' : '+15550000002',
        ...(index < 7 && { agent: { externalId: 'ada', name: 'Ada' } }),
      }),
    ),
    phoneLine({ contactNumber: contact(24), createdAt: '2026-03-02T10:00:00Z', agent: { externalId: 'bot', name: 'Bot' } }),
    chatLine({ createdAt: '2026-03-05T10:00:00Z', agent: { externalId: 'ada', name: 'Ada' } }),
  ]);
  const { data } = await agentphone.conversations(tenant.key, { limit: 100 });
  ada = String(data.find(({ participant }) => participant === contact(0))?.agentId);
  numbers = ['+15550000001', '+15550000002'].map((number) => String(data.find((item) => item.phoneNumber === number)?.phoneNumberId));
});

describe('conversations', () => {
  test('lists twenty by default, the latest message first, without workplace chats', async () => {
    const { data, hasMore, total } = await agentphone.conversations(tenant.key);
    expect([data.length, hasMore, total]).toEqual([20, true, count]);
    expect(data[0]).toMatchObject({ participant: contact(24), agentId: expect.stringMatching(/^agt_/) });
    const times = data.map(({ lastMessageAt }) => lastMessageAt);
    expect(times).toEqual(times.toSorted().reverse());
  });

  test('shows a null agent if no agent is assigned', async () => {
    const { data } = await agentphone.conversations(tenant.key, { offset: 5 });
    expect(data[0]?.agentId).toBeNull();
  });

  test('returns each once, in order, by offset, with hasMore until the end, for any limit', async () => {
    const whole = (await agentphone.conversations(tenant.key, { limit: 100 })).data;
    await fc.assert(
      fc.asyncProperty(fc.integer({ min: 1, max: 30 }), async (limit) => {
        const seen = [];
        for (let offset = 0, more = true; more; offset += limit) {
          const { data, hasMore, total } = await agentphone.conversations(tenant.key, { limit, offset });
          seen.push(...data);
          expect([hasMore, total]).toEqual([seen.length < count, count]);
          more = hasMore;
        }
        expect(seen).toEqual(whole);
      }),
      { numRuns: 10 },
    );
  });

  test('returns an empty page with the right total past the end', async () => {
    expect(await agentphone.conversations(tenant.key, { offset: 1_000_000 })).toEqual({ data: [], hasMore: false, total: count });
  });

  test.each(['1000001', '9007199254740993', '9'.repeat(400), `${'0'.repeat(30)}1000001`])(
    'past what the gateway skips: nothing, and the total all the same: offset=%s',
    async (offset) => {
      expect(await agentphone.conversations(tenant.key, { offset })).toEqual({ data: [], hasMore: false, total: count });
      expect(await agentphone.conversations(tenant.key, { offset, agent_id: ada })).toEqual({ data: [], hasMore: false, total: 7 });
      expect(await agentphone.ofAgent(tenant.key, ada, { offset, limit: 3 })).toEqual({ data: [], hasMore: false, total: 7 });
    },
  );

  test('agent_id filters by agent, page by page; an empty one counts as absent', async () => {
    const { data, hasMore, total } = await agentphone.conversations(tenant.key, { agent_id: ada, limit: 5 });
    expect([data.length, hasMore, total]).toEqual([5, true, 7]);
    const rest = await agentphone.conversations(tenant.key, { agent_id: ada, limit: 5, offset: 5 });
    expect([...data, ...rest.data].map(({ id }) => id)).toEqual((await agentphone.ofAgent(tenant.key, ada)).data.map(({ id }) => id));
    expect(await agentphone.conversations(tenant.key, { agent_id: '' })).toEqual(await agentphone.conversations(tenant.key));
  });

  test('returns an empty list for an agent_id that is unknown, malformed, of a number or of another organization', async () => {
    const other = await parley.tenant();
    await parley.importLines(other, [phoneLine({ agent: { externalId: 'eve', name: 'Eve' } })]);
    const theirs = String((await agentphone.conversations(other.key)).data[0]?.agentId);
    const unknown = `agt_${encodeId('Agent', '0190a1b2-c3d4-7000-8000-000000000001')}`;
    for (const agent_id of [theirs, unknown, 'x', 'agt_', ada.slice(4), `${ada}A`, String(numbers[0]), 'null', ' ', '😀']) {
      expect(await agentphone.conversations(tenant.key, { agent_id }), agent_id).toEqual({ data: [], hasMore: false, total: 0 });
    }
  });

  test('accepts messageLimit for message_limit, which wins', async () => {
    const id = await agentphone.latest(tenant);
    const shown = async (query: Record<string, number>) => (await agentphone.conversation(tenant.key, id, query)).messages.length;
    expect(await shown({})).toBe(2);
    expect(await shown({ messageLimit: 1 })).toBe(1);
    expect(await shown({ messageLimit: 1, message_limit: 2 })).toBe(2);
    expect(await shown({ messageLimit: 2, message_limit: 1 })).toBe(1);
  });

  test('runs one statement for the page and one for each relation', async () => {
    const statements = await parley.statements(() => agentphone.conversations(tenant.key));
    expect(statements.sort()).toEqual(['agents', 'conversations', 'messages']);
  });
});

describe('conversations of an agent', () => {
  test('lists the agent’s phone conversations by offset, without workplace chats', async () => {
    const { data, hasMore, total } = await agentphone.ofAgent(tenant.key, ada, { limit: 4 });
    const rest = await agentphone.ofAgent(tenant.key, ada, { limit: 4, offset: 4 });
    expect([hasMore, total, rest.hasMore, rest.total]).toEqual([true, 7, false, 7]);
    const contacts = [...data, ...rest.data].map(({ participant }) => participant);
    expect(contacts.toSorted()).toEqual(Array.from({ length: 7 }, (_, index) => contact(index)));
    expect(new Set(data.map(({ agentId }) => agentId))).toEqual(new Set([ada]));
  });
});

describe('messages of a number', () => {
  test('lists the messages of all its conversations, newest first', async () => {
    const [first = '', second = ''] = numbers;
    const messages = (await agentphone.ofNumber(tenant.key, first, { limit: 200 })).data;
    expect(messages).toHaveLength(14);
    expect(messages.map(({ receivedAt }) => receivedAt)).toEqual(
      messages
        .map(({ receivedAt }) => receivedAt)
        .toSorted()
        .reverse(),
    );
    expect((await agentphone.ofNumber(tenant.key, second)).data).toHaveLength(12);
  });

  test('runs the same number of statements for a large page and a small one', async () => {
    const labels = (limit: number) => parley.statements(() => agentphone.ofNumber(tenant.key, numbers[0] ?? '', { limit }));
    expect((await labels(200)).sort()).toEqual((await labels(1)).sort());
  });
});

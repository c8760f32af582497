// Pages by `receivedAt` alone, compared with a naive slice of all messages. Many messages share a millisecond, and a walk returns each once.
import fc from 'fast-check';
import { beforeAll, describe, expect, test } from 'vitest';
import { type Tenant, useApp } from '../../support/harness.ts';
import { phoneLine } from '../../support/lines.ts';
import { client, type Message, type MessageList, malformed } from './client.ts';

const parley = useApp();
const agentphone = client(parley);
let tenant: Tenant;
let id: string;
let number: string;
let whole: Message[];

const instants = Array.from({ length: 12 }, (_, ms) => `2026-06-01T00:00:00.0${String(ms).padStart(2, '0')}Z`);

beforeAll(async () => {
  tenant = await parley.tenant();
  const [times = []] = fc.sample(fc.array(fc.constantFrom(...instants), { minLength: 60, maxLength: 60 }), { numRuns: 1, seed: 3 });
  await parley.importLines(
    tenant,
    times.map((createdAt, index) => phoneLine({ createdAt, body: String(index) })),
  );
  id = await agentphone.latest(tenant);
  number = String((await agentphone.conversations(tenant.key)).data[0]?.phoneNumberId);
  whole = (await agentphone.messages(tenant.key, id, { limit: 200 })).data;
});

const limit = fc.integer({ min: 1, max: 200 });
const bound = fc.option(
  fc.oneof(
    fc.constantFrom('2026-05-31T00:00:00Z', ...instants, '2026-06-02T00:00:00Z'),
    fc.nat(59).map((index) => whole[index]?.receivedAt),
    // Digits between those of two messages, and digits that no message has.
    fc.nat(59).map((index) => whole[index]?.receivedAt.replace('Z', '5Z')),
    fc.constantFrom('2026-06-01T00:00:00.003899Z', '2026-06-01T00:00:00.003999999999Z'),
  ),
  { nil: undefined },
);
/** The text without `Z`, padded: a shorter text is the same instant with zeros added. */
const digits = (text: string) => (text.includes('.') ? text : text.replace('Z', '.Z')).slice(0, -1).padEnd(40, '0');
const millis = ({ receivedAt }: { receivedAt: string }) => Date.parse(receivedAt);

test('lists every message newest first, and receivedAt sorts as text in the same order', () => {
  expect(whole).toHaveLength(60);
  const times = whole.map((message) => message.receivedAt);
  expect(times).toEqual([...new Set(times)].toSorted().toReversed());
  for (const time of times) expect(time).toMatch(/\.\d{6}Z$/);
});

test('returns the same as a naive slice, for any bounds and any limit, of a conversation and of its number', async () => {
  await fc.assert(
    fc.asyncProperty(bound, bound, limit, async (before, after, limit) => {
      const matching = whole.filter(
        ({ receivedAt }) =>
          (before === undefined || digits(receivedAt) < digits(before)) && (after === undefined || digits(receivedAt) > digits(after)),
      );
      const forward = after !== undefined && before === undefined;
      const expected = forward ? matching.slice(-limit) : matching.slice(0, limit);
      const query = { limit, ...(before !== undefined && { before }), ...(after !== undefined && { after }) };
      const answer = { data: expected, hasMore: expected.length < matching.length };
      expect(await agentphone.messages(tenant.key, id, query)).toEqual(answer);
      const ofNumber = await agentphone.ofNumber(tenant.key, number, query);
      expect([ofNumber.data.map((item) => [item.id, item.receivedAt]), ofNumber.hasMore]).toEqual([
        expected.map((item) => [item.id, item.receivedAt]),
        answer.hasMore,
      ]);
    }),
    { numRuns: 100 },
  );
});

describe('walks', () => {
  const sizes = fc.infiniteStream(fc.integer({ min: 1, max: 9 }));

  async function walk(sizes: Iterator<number>, next: (page: MessageList) => Record<string, string>, start = {}): Promise<Message[][]> {
    const pages: Message[][] = [];
    for (let query: Record<string, string> | null = start; query !== null; ) {
      const page: MessageList = await agentphone.messages(tenant.key, id, { ...query, limit: sizes.next().value ?? 1 });
      pages.push(page.data);
      query = page.hasMore ? next(page) : null;
    }
    return pages;
  }

  test('walks by before, from the newest to the oldest', async () => {
    await fc.assert(
      fc.asyncProperty(sizes, async (sizes) => {
        const pages = await walk(sizes, ({ data }) => ({ before: String(data.at(-1)?.receivedAt) }));
        expect(pages.flat()).toEqual(whole);
      }),
      { numRuns: 10 },
    );
  });

  test('walks by after, from the oldest to the newest', async () => {
    await fc.assert(
      fc.asyncProperty(sizes, async (sizes) => {
        const start = { after: '2026-05-31T00:00:00Z' };
        const pages = await walk(sizes, ({ data }) => ({ after: String(data.at(0)?.receivedAt) }), start);
        expect(pages.toReversed().flat()).toEqual(whole);
      }),
      { numRuns: 10 },
    );
  });

  test('continues a walk after the recent messages of a conversation', async () => {
    const { messages } = await agentphone.conversation(tenant.key, id, { message_limit: 7 });
    expect(messages).toEqual((await agentphone.messages(tenant.key, id, { limit: 7 })).data);
    const { data } = await agentphone.messages(tenant.key, id, { before: String(messages.at(-1)?.receivedAt), limit: 200 });
    expect([...messages, ...data]).toEqual(whole);
  });
});

test.each(['before=', 'after=', 'before=null', 'after=null', 'before=&after=null', 'before', ''])(
  'reads %s as no bound',
  async (search) => {
    const response = await parley.fetch(`/agentphone/v1/conversations/${id}/messages?limit=200&${search}`, tenant.key);
    expect(await response.json()).toEqual({ data: whole, hasMore: false });
  },
);

test.each([
  '2026-06-01T00:00:00.003Z',
  '2026-06-01T02:00:00.003+02:00',
  '2026-06-01T02:00:00.003+0200',
  '2026-06-01T02:00:00.003+02',
  '2026-06-01T02:00:00.003 02:00',
  '2026-06-01T02:00:00.003 02',
  '2026-05-31T19:00:00.003-05:00',
  '2026-06-01 00:00:00.003Z',
  '2026-06-01t00:00:00.003z',
  '2026-06-01T00:00:00.003',
  '2026-06-01T00:00:00,003',
  '2026-06-01T00:00:00.0030000Z',
  '20260601T000000.003Z',
  '20260601T020000.003+0200',
  '20260601 000000.003',
])('before=%s is one and the same instant', async (before) => {
  const { data } = await agentphone.messages(tenant.key, id, { before, limit: 200 });
  expect(data).toEqual(whole.filter((message) => millis(message) < Date.parse('2026-06-01T00:00:00.003Z')));
});

test.each(['2026-06-01', '20260601', '2026-06-01T00:00', '2026-06-01T0000', '2026-06-01T00', '2026-06-01 00:00', '2026-06-01T02:00+02'])(
  '%s is midnight in UTC',
  async (midnight) => {
    const { data } = await agentphone.messages(tenant.key, id, { after: midnight, limit: 200 });
    const first = whole.filter((message) => message.receivedAt !== '2026-06-01T00:00:00.000000Z');
    expect(data).toEqual(first);
    expect((await agentphone.messages(tenant.key, id, { before: midnight })).data).toEqual([]);
  },
);

test.each([
  '2026',
  '2026-06',
  '2026-13-01',
  '2026-02-30',
  '2026-06-01T25:00',
  '2026-06-01T00:00:61',
  '2026-W23-1',
  'yesterday',
  '1780272000',
  '2026-06-01T',
])('before=%s is refused', async (before) => {
  const response = await parley.fetch(`/agentphone/v1/conversations/${id}/messages?before=${before}`, tenant.key);
  expect(response.status).toBe(422);
  expect(await response.json()).toEqual(malformed('query', 'before'));
});

test('returns fifty messages by default', async () => {
  const { data, hasMore } = await agentphone.messages(tenant.key, id);
  expect({ data, hasMore }).toEqual({ data: whole.slice(0, 50), hasMore: true });
  expect((await agentphone.conversation(tenant.key, id)).messages).toEqual(data);
});

test('runs one statement for the page and one for each relation, for any limit', async () => {
  for (const limit of [1, 200]) {
    const statements = await parley.statements(() => agentphone.messages(tenant.key, id, { limit }));
    expect(statements.sort()).toEqual(['conversations', 'messages', 'reactions']);
  }
});

// Pages by time alone, against a naive slice of everything; where many messages share a millisecond a walk loses none and shows none twice.
import fc from 'fast-check';
import { beforeAll, describe, expect, test } from 'vitest';
import { type Tenant, useApp } from '../../support/harness.ts';
import { phoneLine } from '../../support/lines.ts';
import { client, type Message, type MessageList } from './client.ts';

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
const bound = fc.option(fc.constantFrom('2026-05-31T00:00:00Z', ...instants, '2026-06-02T00:00:00Z'), { nil: undefined });
const millis = ({ receivedAt }: { receivedAt: string }) => Date.parse(receivedAt);

test('everything is there, newest first', () => {
  expect(whole).toHaveLength(60);
  expect(whole.map(millis)).toEqual(whole.map(millis).toSorted((a, b) => b - a));
});

test('any bounds and any limit, of a conversation and of its number: as a naive slice that splits no instant', async () => {
  await fc.assert(
    fc.asyncProperty(bound, bound, limit, async (before, after, limit) => {
      const matching = whole.filter(
        (message) =>
          (before === undefined || millis(message) < Date.parse(before)) && (after === undefined || millis(message) > Date.parse(after)),
      );
      const forward = after !== undefined && before === undefined;
      const last = (forward ? matching.toReversed() : matching)[limit - 1];
      const expected = matching.filter(
        (message) => last === undefined || (forward ? millis(message) <= millis(last) : millis(message) >= millis(last)),
      );
      const query = { limit, ...(before !== undefined && { before }), ...(after !== undefined && { after }) };
      const answer = { data: expected, hasMore: expected.length < matching.length };
      expect(await agentphone.messages(tenant.key, id, query)).toEqual(answer);
      const ofNumber = await agentphone.ofNumber(tenant.key, number, query);
      expect([ofNumber.data.map((item) => item.id), ofNumber.hasMore]).toEqual([expected.map((item) => item.id), answer.hasMore]);
    }),
    { numRuns: 60 },
  );
});

test('more of one instant than a page may have are refused, naming the limit', async () => {
  const crowded = await parley.tenant();
  await parley.importLines(
    crowded,
    Array.from({ length: 1_002 }, () => phoneLine({})),
  );
  const ofConversation = `/v1/conversations/${await agentphone.latest(crowded)}`;
  const ofNumber = `/v1/numbers/${(await agentphone.conversations(crowded.key)).data[0]?.phoneNumberId}`;
  for (const [path, name] of [
    [`${ofConversation}/messages`, 'limit'],
    [`${ofNumber}/messages`, 'limit'],
    [ofConversation, 'message_limit'],
  ]) {
    const ask = (size: number) => parley.fetch(`/agentphone${path}?${name}=${size}`, crowded.key);
    expect((await ask(2)).status).toBe(200);
    const refused = await ask(1);
    expect(refused.status).toBe(422);
    expect(await refused.json()).toMatchObject({
      detail: [{ loc: ['query', name], msg: expect.stringContaining('more than 1,000 items share the instant') }],
      error: { code: 'VALIDATION_ERROR' },
    });
  }
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

  test('by before, from the newest to the oldest', async () => {
    await fc.assert(
      fc.asyncProperty(sizes, async (sizes) => {
        const pages = await walk(sizes, ({ data }) => ({ before: String(data.at(-1)?.receivedAt) }));
        expect(pages.flat()).toEqual(whole);
      }),
      { numRuns: 10 },
    );
  });

  test('by after, from the oldest to the newest', async () => {
    await fc.assert(
      fc.asyncProperty(sizes, async (sizes) => {
        const start = { after: '2026-05-31T00:00:00Z' };
        const pages = await walk(sizes, ({ data }) => ({ after: String(data.at(0)?.receivedAt) }), start);
        expect(pages.toReversed().flat()).toEqual(whole);
      }),
      { numRuns: 10 },
    );
  });

  test('the recent messages of a conversation are where the walk goes on', async () => {
    const { messages } = await agentphone.conversation(tenant.key, id, { message_limit: 7 });
    expect(messages).toEqual((await agentphone.messages(tenant.key, id, { limit: 7 })).data);
    const { data } = await agentphone.messages(tenant.key, id, { before: String(messages.at(-1)?.receivedAt), limit: 200 });
    expect([...messages, ...data]).toEqual(whole);
  });
});

test.each(['before=', 'after=', 'before=null', 'after=null', 'before=&after=null', 'before', ''])('%s: no bound', async (search) => {
  const response = await parley.fetch(`/agentphone/v1/conversations/${id}/messages?limit=200&${search}`, tenant.key);
  expect(await response.json()).toEqual({ data: whole, hasMore: false });
});

test.each([
  ['before', '2026-06-01T02:00:00.003+02:00', 3],
  ['before', '2026-06-01 00:00:00.003Z', 3],
  // An instant within a millisecond lies after it.
  ['before', '2026-06-01T00:00:00.0030001Z', 4],
  ['before', '2026-06-01T00:00:00.0030000Z', 3],
  ['after', '2026-06-01T00:00:00.0030001Z', 8],
])('%s=%s', async (name, value, instants) => {
  const { data } = await agentphone.messages(tenant.key, id, { [name]: value, limit: 200 });
  expect(new Set(data.map(millis)).size).toBe(instants);
});

test('fifty messages unless told otherwise, and all of the last instant', async () => {
  const { data, hasMore } = await agentphone.messages(tenant.key, id);
  expect(hasMore).toBe(true);
  expect(data.length).toBeGreaterThanOrEqual(50);
  expect(millis(whole[data.length] ?? { receivedAt: '' })).toBeLessThan(millis(data.at(-1) ?? { receivedAt: '' }));
  expect((await agentphone.conversation(tenant.key, id)).messages).toEqual(data);
});

test('one statement for the page and one a relation, whatever the limit', async () => {
  for (const limit of [1, 200]) {
    const statements = await parley.statements(() => agentphone.messages(tenant.key, id, { limit }));
    expect(statements.sort()).toEqual(['conversations', 'messages', 'reactions']);
  }
});

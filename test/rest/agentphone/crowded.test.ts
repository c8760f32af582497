// Thousands of messages in one second, as a campaign sends them: no valid request is refused, no page exceeds its limit, a walk is complete.
import { beforeAll, expect, test } from 'vitest';
import { type Tenant, useApp } from '../../support/harness.ts';
import { phoneLine } from '../../support/lines.ts';
import { client } from './client.ts';

const parley = useApp();
const agentphone = client(parley);
const count = 5_000;
const second = '2026-06-01T00:00:00Z';
let tenant: Tenant;
let number: string;

beforeAll(async () => {
  tenant = await parley.tenant();
  for (let batch = 0; batch < count; batch += 1_000) {
    const lines = Array.from({ length: 1_000 }, (_, nth) => phoneLine({ createdAt: second, contactNumber: contact(batch + nth) }));
    await parley.importLines(tenant, lines);
  }
  number = String((await agentphone.conversations(tenant.key, { limit: 1 })).data[0]?.phoneNumberId);
});

/** Half of the messages are in one conversation, the others in ten. */
function contact(nth: number): string {
  return nth % 2 === 0 ? '+15551110000' : `+1555222${String(nth % 20).padStart(4, '0')}`;
}

/** The crowded conversation. */
async function crowded(): Promise<string> {
  const { data } = await agentphone.conversations(tenant.key, { limit: 100 });
  return data.find(({ participant }) => participant === '+15551110000')?.id ?? '';
}

type Page = { data: readonly { id: string; receivedAt: string }[]; hasMore: boolean };

async function walk(ask: (query: Record<string, string | number>) => Promise<Page>, forward: boolean) {
  const found: { id: string; receivedAt: string }[] = [];
  for (let bound: Record<string, string> = forward ? { after: '2026-05-31' } : {}; ; ) {
    const { data, hasMore } = await ask({ limit: 200, ...bound });
    expect(data.length).toBeLessThanOrEqual(200);
    found.push(...(forward ? data.toReversed() : data));
    if (!hasMore) return found;
    bound = forward ? { after: String(data.at(0)?.receivedAt) } : { before: String(data.at(-1)?.receivedAt) };
  }
}

test.each([false, true])('returns each message of a number once, forward: %s', async (forward) => {
  const found = await walk((query) => agentphone.ofNumber(tenant.key, number, query), forward);
  expect(new Set(found.map(({ id }) => id)).size).toBe(count);
  expect(found).toHaveLength(count);
  const times = found.map(({ receivedAt }) => receivedAt);
  expect(times).toEqual(forward ? times.toSorted() : times.toSorted().toReversed());
  // Three digits are not enough for all.
  expect(new Set(times.map((time) => time.length))).toEqual(
    new Set(['2026-06-01T00:00:00.000000Z'.length, '2026-06-01T00:00:00.000000000Z'.length]),
  );
});

test.each([false, true])('returns each message of a conversation once, forward: %s', async (forward) => {
  const id = await crowded();
  const found = await walk((query) => agentphone.messages(tenant.key, id, query), forward);
  expect(found).toHaveLength(count / 2);
  expect(new Set(found.map((message) => message.id)).size).toBe(count / 2);
});

test('returns exactly limit, or message_limit, messages', async () => {
  const id = await crowded();
  for (const limit of [1, 2, 100]) {
    expect((await agentphone.messages(tenant.key, id, { limit })).data).toHaveLength(limit);
    expect((await agentphone.ofNumber(tenant.key, number, { limit })).data).toHaveLength(limit);
    expect((await agentphone.conversation(tenant.key, id, { message_limit: limit })).messages).toHaveLength(limit);
  }
});

test('answers an update of a crowded conversation', async () => {
  const answer = await agentphone.update(tenant.key, await crowded(), { metadata: { was: 'written' } });
  expect(answer).toMatchObject({ metadata: { was: 'written' } });
  expect(answer.messages).toHaveLength(50);
});

test('keeps the digits of a message when other messages with its time are stored later', async () => {
  const later = await parley.tenant();
  const line = (externalId: string, contactNumber: string) => phoneLine({ externalId, contactNumber, createdAt: second, body: externalId });
  const shown = async () => {
    const numberId = String((await agentphone.conversations(later.key)).data[0]?.phoneNumberId);
    const { data } = await agentphone.ofNumber(later.key, numberId, { limit: 200 });
    return Object.fromEntries(data.map(({ body, receivedAt }) => [body, receivedAt]));
  };
  await parley.importLines(later, [line('first', '+15550000002')]);
  expect(await shown()).toEqual({ first: '2026-06-01T00:00:00.000000Z' });
  await parley.importLines(later, [line('second', '+15550000003'), line('third', '+15550000002')]);
  await parley.importLines(later, [line('first', '+15550000002'), line('fourth', '+15550000004')]);
  expect(await shown()).toEqual({
    first: '2026-06-01T00:00:00.000000Z',
    second: '2026-06-01T00:00:00.000001Z',
    third: '2026-06-01T00:00:00.000002Z',
    fourth: '2026-06-01T00:00:00.000003Z',
  });
});

// Walks by both cursors, from both ends and from any message, with pages of any size: each message once, even if several share an instant.
import fc from 'fast-check';
import { beforeAll, expect, test } from 'vitest';
import { type Tenant, useApp } from '../../support/harness.ts';
import { chatLine } from '../../support/lines.ts';
import { client, type Message, type MessagePage } from './client.ts';

const parley = useApp();
const ziik = client(parley);
let tenant: Tenant;
let id: number;
let whole: number[];

const count = 37;
const limits = fc.infiniteStream(fc.integer({ min: 1, max: 9 }));
/** Few instants, so that many messages share one. */
const instant = fc.integer({ min: 0, max: 5 }).map((second) => `2026-06-01T00:00:0${second}Z`);

beforeAll(async () => {
  tenant = await parley.tenant();
  const [instants = []] = fc.sample(fc.array(instant, { minLength: count, maxLength: count }), { numRuns: 1, seed: 3 });
  await parley.importLines(
    tenant,
    instants.map((createdAt, index) =>
      chatLine({ createdAt, body: `message ${index % 3 === 0 ? 'third' : ''}`, kind: index % 5 === 0 ? 'service' : 'normal' }),
    ),
  );
  id = await ziik.latest(tenant);
  whole = ids((await ziik.messages(tenant.key, id, { limit: 100 })).data);
});

function ids(messages: readonly Message[]): number[] {
  return messages.map((message) => message.id);
}

/** Returns the pages that a cursor leads to. `more`: parameters of each request. */
async function walk(
  from: MessagePage,
  way: 'next_cursor' | 'prev_cursor',
  sizes: Iterator<number>,
  more: Record<string, string> = {},
): Promise<MessagePage[]> {
  const pages: MessagePage[] = [];
  for (let cursor = from.meta[way]; cursor !== null; ) {
    const limit = sizes.next().value ?? 1;
    const page = await ziik.messages(tenant.key, id, { limit, cursor, ...more });
    // A cursor never leads to an empty page.
    expect(page.data.length).toBeGreaterThan(0);
    expect(page.data.length).toBeLessThanOrEqual(limit);
    pages.push(page);
    cursor = page.meta[way];
  }
  return pages;
}

test('lists newest first, in the same order each time', async () => {
  const { data } = await ziik.messages(tenant.key, id, { limit: 100 });
  expect(data).toHaveLength(count);
  expect(data.map(({ date }) => date)).toEqual(data.map(({ date }) => date).toSorted((a, b) => b - a));
});

test('walks to the oldest message and back, each message once in each direction', async () => {
  await fc.assert(
    fc.asyncProperty(limits, async (sizes) => {
      const first = await ziik.messages(tenant.key, id, { limit: sizes.next().value ?? 1 });
      expect(first.meta.prev_cursor).toBeNull();
      const older = await walk(first, 'next_cursor', sizes);
      expect([first, ...older].flatMap(({ data }) => ids(data))).toEqual(whole);
      const last = older.at(-1) ?? first;
      const newer = await walk(last, 'prev_cursor', sizes);
      expect([...newer.toReversed(), last].flatMap(({ data }) => ids(data))).toEqual(whole);
    }),
    { numRuns: 15 },
  );
});

test('returns a full, evenly split page around any message with any limit, and everything else once from there', async () => {
  const starter = fc.integer({ min: 0, max: count - 1 });
  await fc.assert(
    fc.asyncProperty(starter, fc.integer({ min: 1, max: 45 }), limits, async (index, limit, sizes) => {
      const page = await ziik.messages(tenant.key, id, { limit, starter_message_id: whole[index] ?? 0 });
      const shown = ids(page.data);
      const start = whole.indexOf(shown[0] ?? 0);
      expect(shown).toEqual(whole.slice(start, start + Math.min(limit, count)));
      const newer = index - start;
      const older = start + shown.length - 1 - index;
      expect(Math.min(newer, older)).toBeGreaterThanOrEqual(0);
      // A side with less than its half has no more messages.
      if (newer < older - 1) expect(start).toBe(0);
      if (older < newer - 1) expect(start + shown.length).toBe(count);

      const before = await walk(page, 'prev_cursor', sizes);
      const after = await walk(page, 'next_cursor', sizes);
      expect([...before.toReversed(), page, ...after].flatMap(({ data }) => ids(data))).toEqual(whole);
    }),
    { numRuns: 40 },
  );
});

test('walks the hits of a search in both directions', async () => {
  await fc.assert(
    fc.asyncProperty(limits, fc.constantFrom('third', 'message', 'MESS third'), async (sizes, query) => {
      const found = ids((await ziik.messages(tenant.key, id, { limit: 100, query })).data);
      expect(found.length).toBeGreaterThan(5);
      expect(found).toEqual(whole.filter((number) => found.includes(number)));
      const first = await ziik.messages(tenant.key, id, { limit: sizes.next().value ?? 1, query });
      const older = await walk(first, 'next_cursor', sizes, { query });
      expect([first, ...older].flatMap(({ data }) => ids(data))).toEqual(found);
      const last = older.at(-1) ?? first;
      const newer = await walk(last, 'prev_cursor', sizes, { query });
      expect([...newer.toReversed(), last].flatMap(({ data }) => ids(data))).toEqual(found);
    }),
    { numRuns: 10 },
  );
});

test('returns each earlier message once while new ones are recorded', async () => {
  await fc.assert(
    fc.asyncProperty(
      fc.array(instant, { minLength: 1, maxLength: 15 }),
      fc.array(instant, { maxLength: 6 }),
      limits,
      async (before, during, sizes) => {
        const other = await parley.tenant();
        await parley.importLines(
          other,
          before.map((createdAt) => chatLine({ createdAt, body: 'before' })),
        );
        const conversation = await ziik.latest(other);
        const there = ids((await ziik.messages(other.key, conversation, { limit: 100 })).data);
        const items: Message[] = [];
        let cursor: string | null | undefined;
        do {
          const query = { limit: sizes.next().value ?? 1, ...(cursor && { cursor }) };
          const page: MessagePage = await ziik.messages(other.key, conversation, query);
          items.push(...page.data);
          cursor = page.meta.next_cursor;
          const createdAt = during.shift();
          if (createdAt !== undefined) await parley.importLines(other, [chatLine({ createdAt, body: 'during' })]);
        } while (cursor !== null);
        expect(new Set(ids(items)).size).toBe(items.length);
        expect(ids(items.filter(({ message }) => message === 'before'))).toEqual(there);
      },
    ),
    { numRuns: 10 },
  );
});

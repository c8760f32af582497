// Walks by next_cursor, with pages of any size: everything once, whatever changes during the walk.
import fc from 'fast-check';
import { beforeAll, describe, expect, test } from 'vitest';
import { type Tenant, useApp } from '../../support/harness.ts';
import { phoneLine } from '../../support/lines.ts';
import { client, type Item, type Page } from './client.ts';

const parley = useApp();
const agentmessage = client(parley);

/** Few instants, so that many items share one. */
const instant = fc.integer({ min: 0, max: 4 }).map((second) => `2026-06-01T00:00:0${second}Z`);
const limits = fc.infiniteStream(fc.integer({ min: 1, max: 7 }));
const contact = (index: number) => `+1555010${String(1000 + index)}`;

async function walk(
  limits: Iterator<number>,
  page: (query: Record<string, string | number>) => Promise<Page>,
  between?: () => Promise<void>,
): Promise<Item[]> {
  const items: Item[] = [];
  let cursor: string | null = null;
  do {
    const limit = limits.next().value ?? 1;
    const { data, meta }: Page = await page(cursor === null ? { limit } : { limit, cursor });
    expect(data.length).toBeLessThanOrEqual(limit);
    // A page is empty only if the list is, or if the items of the last page moved during the walk.
    expect(data.length > 0 || (meta.next_cursor === null && (cursor === null || between !== undefined))).toBe(true);
    items.push(...data);
    cursor = meta.next_cursor;
    await between?.();
  } while (cursor !== null);
  return items;
}

describe('without changes during the walk', () => {
  let tenant: Tenant;
  const count = 23;

  beforeAll(async () => {
    tenant = await parley.tenant();
    const [instants = []] = fc.sample(fc.array(instant, { minLength: 60, maxLength: 60 }), { numRuns: 1, seed: 2 });
    await parley.importLines(
      tenant,
      instants.map((createdAt, index) => phoneLine({ createdAt, contactNumber: contact(index < count ? index : 0), body: String(index) })),
    );
  });

  test('returns each conversation once, in order', async () => {
    const whole = (await agentmessage.conversations(tenant.key, { limit: 200 })).data;
    expect(whole).toHaveLength(count);
    await fc.assert(
      fc.asyncProperty(limits, async (sizes) => {
        expect(await walk(sizes, (query) => agentmessage.conversations(tenant.key, query))).toEqual(whole);
      }),
      { numRuns: 15 },
    );
  });

  test('returns each message once, in order, in both directions', async () => {
    const [{ id } = { id: '' }] = (await agentmessage.conversations(tenant.key, { contact_number: contact(0) })).data;
    const whole = (await agentmessage.messages(tenant.key, id)).data;
    expect(whole).toHaveLength(60 - count + 1);
    expect(whole.map(({ created_at }) => created_at)).toEqual(whole.map(({ created_at }) => created_at).sort());
    await fc.assert(
      fc.asyncProperty(limits, fc.constantFrom('asc', 'desc'), async (sizes, order) => {
        const items = await walk(sizes, (query) => agentmessage.messages(tenant.key, id, { ...query, order }));
        expect(items).toEqual(order === 'asc' ? whole : whole.toReversed());
      }),
      { numRuns: 15 },
    );
  });
});

test('returns no conversation twice and skips no unchanged one, while conversations receive messages', async () => {
  const move = fc.record({ index: fc.integer({ min: 0, max: 14 }), second: fc.integer({ min: 0, max: 59 }) });
  await fc.assert(
    fc.asyncProperty(
      fc.array(instant, { minLength: 12, maxLength: 12 }),
      limits,
      fc.array(fc.array(move, { maxLength: 2 }), { maxLength: 12 }),
      async (instants, sizes, moves) => {
        const tenant = await parley.tenant();
        await parley.importLines(
          tenant,
          instants.map((createdAt, index) => phoneLine({ createdAt, contactNumber: contact(index) })),
        );
        const changed = new Set<string>();
        const between = async () => {
          // Twelve conversations exist; the others begin during the walk. A message may be recorded late, which does not change the order.
          const lines = (moves.shift() ?? []).map(({ index, second }) => ({
            contactNumber: contact(index),
            createdAt: `2026-06-01T00:00:${String(second).padStart(2, '0')}Z`,
          }));
          await parley.importLines(tenant, lines.map(phoneLine));
          for (const { contactNumber } of lines) changed.add(contactNumber);
        };
        const items = await walk(sizes, (query) => agentmessage.conversations(tenant.key, query), between);
        const shown = items.map((item) => String(item.contact_number));
        expect(new Set(shown).size).toBe(shown.length);
        const unchanged = instants.map((_, index) => contact(index)).filter((number) => !changed.has(number));
        expect(unchanged.filter((number) => !shown.includes(number))).toEqual([]);
      },
    ),
    { numRuns: 15 },
  );
});

test('returns each earlier message once, in order, while new ones are recorded', async () => {
  await fc.assert(
    fc.asyncProperty(
      fc.array(instant, { minLength: 1, maxLength: 20 }),
      fc.array(instant, { maxLength: 8 }),
      limits,
      async (before, during, sizes) => {
        const tenant = await parley.tenant();
        await parley.importLines(
          tenant,
          before.map((createdAt) => phoneLine({ createdAt, body: 'before' })),
        );
        const [{ id } = { id: '' }] = (await agentmessage.conversations(tenant.key)).data;
        const there = (await agentmessage.messages(tenant.key, id)).data;
        const between = async () => {
          const createdAt = during.shift();
          if (createdAt !== undefined) await parley.importLines(tenant, [phoneLine({ createdAt, body: 'during' })]);
        };
        const items = await walk(sizes, (query) => agentmessage.messages(tenant.key, id, query), between);
        expect(new Set(items.map((item) => item.id)).size).toBe(items.length);
        expect(items.filter(({ body }) => body === 'before')).toEqual(there);
      },
    ),
    { numRuns: 15 },
  );
});

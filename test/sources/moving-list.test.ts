// A list that is paged by position is read completely while its items move.
import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { overlappingPage, walkByOffset } from '../../src/sources/sync/walk-by-offset.ts';

interface Item {
  id: string;
}

/** One change before a request: an item becomes active, a new one appears, or one is removed. */
const change = fc.record({ kind: fc.constantFrom('move', 'add', 'remove'), at: fc.nat(200) });

const pagings: Record<string, (list: Item[], size: number) => (met: number) => Promise<{ items: Item[]; start: number; isLast: boolean }>> =
  {
    offset: (list, size) => async (met) => {
      const start = Math.max(0, met - 1);
      return { items: list.slice(start, start + size), start, isLast: list.length <= start + size };
    },
    'numbered pages': (list, size) => async (met) => {
      const { page, limit } = met === 0 ? { page: 1, limit: size } : overlappingPage(met, size);
      const start = (page - 1) * limit;
      return { items: list.slice(start, start + limit), start, isLast: list.length <= start + limit };
    },
  };

describe.each(Object.keys(pagings))('%s', (name) => {
  test('yields every item that does not move, and none twice', async () => {
    await fc.assert(
      fc.asyncProperty(
        fc.integer({ min: 0, max: 90 }),
        fc.integer({ min: 10, max: 14 }),
        fc.array(fc.array(change, { maxLength: 3 })),
        async (count, size, rounds) => {
          const list: Item[] = Array.from({ length: count }, (_, index) => ({ id: `item ${index}` }));
          const touched = new Set<string>();
          const readPage = pagings[name]?.(list, size);
          let request = 0;
          const pages = walkByOffset(async (met) => {
            for (const { kind, at } of request === 0 ? [] : (rounds[request - 1] ?? [])) {
              if (kind === 'add') list.unshift({ id: `new ${request} ${at} ${list.length}` });
              else if (list.length > 0) {
                const [item] = list.splice(at % list.length, 1);
                if (item !== undefined) touched.add(item.id);
                if (item !== undefined && kind === 'move') list.unshift(item);
              }
            }
            request++;
            return (await readPage?.(met)) ?? { items: [], start: 0, isLast: true };
          }, size);
          const met: string[] = [];
          for await (const page of pages) met.push(...page.map(({ id }) => id));
          expect(new Set(met).size).toBe(met.length);
          for (let index = 0; index < count; index++) if (!touched.has(`item ${index}`)) expect(met).toContain(`item ${index}`);
        },
      ),
      { numRuns: 300 },
    );
  });
});

test('a numbered page begins at or before the last item that was met, and shows more', () => {
  for (let met = 1; met < 3_000; met += 7) {
    const { page, limit } = overlappingPage(met, 100);
    expect(limit).toBeLessThanOrEqual(100);
    expect((page - 1) * limit).toBeLessThan(met);
    expect(page * limit).toBeGreaterThan(met + 40);
  }
});

test.each([
  ['never overlaps', (met: number, request: number) => ({ items: [{ id: String(request) }], start: met, isLast: false })],
  ['repeats its first page', () => ({ items: [{ id: '1' }], start: 0, isLast: false })],
])('a list that %s ends with an error', async (_name, readPage) => {
  let request = 0;
  const pages = walkByOffset(async (met) => readPage(met, request++), 1);
  await expect(async () => {
    for await (const _ of pages);
  }).rejects.toThrow('cannot be read beyond');
});

// Search over real messages, compared with a naive implementation of the contract's rule.
import { existsSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { gunzipSync } from 'node:zlib';
import fc from 'fast-check';
import { beforeAll, describe, expect, test } from 'vitest';
import { type Tenant, useApp } from '../../support/harness.ts';
import { phoneLine } from '../../support/lines.ts';
import { naivelyFits } from '../../support/naive-search.ts';
import { client } from './client.ts';

const file = join(import.meta.dirname, '../../../../shared/data/nus-sms.ndjson.gz');
const exists = existsSync(file);
if (!exists) console.warn('../shared/data is missing: the search in real messages is skipped');

const parley = useApp();
const ziik = client(parley);

/** One conversation in English with accents, two in Chinese, and a few added lines, since the corpus has no emoji. */
const contacts = ['+6590000015', '+6590003756', '+6590003325'];
const own = ['C’est l’été 😀😀 à la plage', '😀手机没电了😀', 'ＦＵＬＬ ｗｉｄｔｈ 手機', 'STRASSE naïve Ångström', '😀'];

describe.runIf(exists)('7,000 real messages', () => {
  let tenant: Tenant;
  /** Conversation → its bodies, newest first. */
  const bodies = new Map<number, string[]>();

  beforeAll(async () => {
    tenant = await parley.tenant();
    for (const contactNumber of contacts) {
      const lines = readLines(contactNumber);
      const last = new Date(Math.max(...lines.map(({ createdAt }) => Date.parse(createdAt))) + 1_000);
      const { phoneNumber } = lines[0] ?? {};
      const ours = own.map((body) => phoneLine({ phoneNumber, contactNumber, body, createdAt: last.toISOString() }));
      const all = [...lines, ...ours];
      for (let start = 0; start < all.length; start += 2_500) await parley.importLines(tenant, all.slice(start, start + 2_500));
    }
    for (const { id } of (await ziik.conversations(tenant.key)).data) bodies.set(id, await walk(id));
  });

  /** Returns the bodies of a whole walk. */
  async function walk(id: number, query: Record<string, string> = {}): Promise<string[]> {
    const found: string[] = [];
    let cursor: string | null | undefined;
    do {
      const { data, meta } = await ziik.messages(tenant.key, id, { limit: 100, ...query, ...(cursor && { cursor }) });
      found.push(...data.map(({ message }) => message));
      cursor = meta.next_cursor;
    } while (cursor !== null);
    return found;
  }

  async function expectNaive(query: string): Promise<number> {
    let found = 0;
    for (const [id, all] of bodies) {
      const shown = await walk(id, { query });
      expect(shown, query).toEqual(all.filter((body) => naivelyFits(body, query)));
      found += shown.length;
    }
    return found;
  }

  test('the messages are recorded', () => {
    expect([...bodies.values()].map(({ length }) => length).sort()).toEqual([4754, 1457, 717].map((count) => count + own.length).sort());
  });

  test.each([
    ['English', 'dinner'],
    ['several words, in any order', 'go home'],
    ['the beginning of a word', 'tomor'],
    ['capitals', 'HAHA'],
    ['an accent in the text', 'ete'],
    ['an accent in the query', 'dînnér'],
    ['an umlaut', 'ü'],
    ['digits', '10'],
    ['Chinese', '手机'],
    ['one character', '我'],
    ['a longer run', '没电了'],
    ['two runs', '今天 明天'],
    ['Chinese and English', '手机 haha'],
    ['punctuation between', 'go...home'],
    ['full width', 'ｆｕｌｌ'],
    ['an emoji beside a word', '😀 手机'],
    ['combining marks', 'A\u030angstro\u0308m'],
  ])('%s: %s', async (name, query) => {
    const found = await expectNaive(query);
    if (name !== 'Chinese and English') expect(found).toBeGreaterThan(0);
  });

  test.each(['😀', '...', '   ', "'&|!():*<->\\"])('finds nothing without a letter or digit: %j', async (query) => {
    expect(await expectNaive(query)).toBe(0);
  });

  test('finds any piece of any message', async () => {
    const all = [...bodies.values()].flat();
    const piece = fc.tuple(fc.constantFrom(...all), fc.nat(), fc.integer({ min: 1, max: 12 })).map(([body, start, length]) => {
      const characters = [...body];
      const from = characters.length === 0 ? 0 : start % characters.length;
      return characters.slice(from, from + length).join('');
    });
    await fc.assert(
      fc.asyncProperty(piece, async (query) => {
        // An empty query counts as absent.
        fc.pre(query !== '' && !query.includes('\0'));
        await expectNaive(query);
      }),
      { numRuns: 40 },
    );
  });
});

function readLines(contactNumber: string): { createdAt: string; phoneNumber: string }[] {
  const lines = gunzipSync(readFileSync(file)).toString().split('\n');
  return lines.filter((line) => line.includes(contactNumber)).map((line) => JSON.parse(line));
}

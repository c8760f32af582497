import { beforeAll, expect, test } from 'vitest';
import { reindex } from '../../../src/modules/message/search-tokens/reindex.ts';
import { type Tenant, useApp } from '../../support/harness.ts';
import { phoneLine } from '../../support/lines.ts';
import { ask } from '../conversation/conversations.ts';
import { outcomes } from '../message/recording.ts';

const parley = useApp();
let tenant: Tenant;
beforeAll(async () => {
  tenant = await parley.tenant();
});

const found = async (query: string): Promise<number> =>
  (await ask(parley, tenant.key, 'query ($query: String!) { searchMessages(query: $query) { totalCount } }', { query })).searchMessages
    .totalCount;

/** Returns the largest number of tokens of a message, and the largest size of them in bytes. */
async function largest(): Promise<{ tokens: number; bytes: number }> {
  const [row] = await parley.app.database.query<{ tokens: number; bytes: number }>({
    label: 'test_largest',
    text: `select max((select sum(coalesce(array_length(positions, 1), 1)) from unnest(search_vector)))::int as tokens,
      max(octet_length(search_vector::text)) as bytes from messages where organization_id = $1`,
    values: [tenant.id],
  });
  return row ?? { tokens: 0, bytes: 0 };
}

/** Bodies of 10,000 characters, the most that are allowed. */
const bodies = {
  'U+FDFA, which folds to 18 characters': 'ﷺ'.repeat(9_994).concat(' lateA'),
  'U+337F, which folds to 4': '㍿'.repeat(9_994).concat(' lateB'),
  'distinct Han characters': Array.from({ length: 9_994 }, (_, index) => String.fromCodePoint(0x4e00 + ((index * 7_919) % 20_000)))
    .join('')
    .concat(' lateC'),
  'Han of two code units each': '𠀀𠀁'.repeat(4_997).concat(' lateD'),
  'marks that normalization sorts': 'e'.concat('\u0301\u0323'.repeat(4_996), 'x lateE'),
  'words of one character': 'a b '.repeat(2_498).concat('a lateF'),
  'Hangul, which has three parts while it is folded': '한'.repeat(9_994).concat(' lateG'),
};

test('limits the tokens of a message', async () => {
  const lines = Object.values(bodies).map((body) => phoneLine({ body }));
  expect(await outcomes(parley, tenant.key, lines)).toEqual(lines.map(() => 'CREATED'));
  const { tokens, bytes } = await largest();
  expect(tokens).toBeLessThanOrEqual(16_000);
  expect(bytes).toBeLessThan(524_288);
});

test('searches a body to its end, unless it folds to more than 16,000 characters', async () => {
  for (const late of ['lateC', 'lateD', 'lateE', 'lateF', 'lateG']) expect(await found(late), late).toBe(1);
  expect(await found('صلى')).toBe(1);
  expect(await found('株式会社')).toBe(1);
  for (const late of ['lateA', 'lateB']) expect(await found(late), late).toBe(0);
});

test('reindexing writes the same tokens, in statements of limited size', async () => {
  const { database } = parley.app;
  const before = await largest();
  const lines = Array.from({ length: 20 }, () => phoneLine({ body: bodies['distinct Han characters'] }));
  await parley.importLines(tenant, lines);
  await database.query({
    label: 'test_stale',
    text: 'update messages set search_version = 0 where organization_id = $1',
    values: [tenant.id],
  });
  const statements = await parley.statements(() => reindex(database, () => {}));
  expect(statements.filter((label) => label === 'reindex_write').length).toBeGreaterThan(1);
  expect(await largest()).toEqual(before);
});

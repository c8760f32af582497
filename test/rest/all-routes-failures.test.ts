// An answer is complete or a refusal: a list that could not be read is never shown as empty.
import { beforeAll, describe, expect, test } from 'vitest';
import { type Tenant, useApp } from '../support/harness.ts';
import { phoneLine } from '../support/lines.ts';
import { cases, comparable, type Ids, idsOf, initOf, pathOf } from './all-routes.ts';

const parley = useApp();
/** Some route reads each of these with a separate statement. */
const relations = [
  'agents',
  'phone_numbers',
  'participants',
  'conversation_participants',
  'conversations',
  'consents',
  'reactions',
  'visible_messages',
  'visible_attachments',
];
const reading = cases.filter(({ route }) => route.method === 'GET');
let tenant: Tenant;
let ids: Ids;

beforeAll(async () => {
  tenant = await parley.tenant();
  const first = phoneLine({
    externalId: 'first',
    agent: { externalId: 'ada', name: 'Ada' },
    reactions: [{ type: 'love', direction: 'inbound', createdAt: '2026-01-01T00:00:00Z' }],
  });
  await parley.importLines(tenant, [first, phoneLine({ replyTo: 'first', createdAt: '2026-01-02T00:00:00Z' })]);
  ids = await idsOf(parley, tenant);
});

const rename = (from: string, to: string) =>
  parley.app.database.query({ label: 'test_rename', text: `alter table ${from} rename to ${to}` });

describe.each(relations)('without %s', (relation) => {
  test('refuses, or answers as before, on every route', async () => {
    const ask = async (each: (typeof reading)[number]) => comparable(await parley.fetch(pathOf(each, ids), tenant.key, initOf(each)));
    const before = await Promise.all(reading.map(ask));
    expect(before.map(({ status }) => status)).toEqual(reading.map(() => 200));
    await rename(relation, 'away');
    const without = await Promise.all(reading.map(ask)).finally(() => rename('away', relation));
    const refused = without.filter(({ status }) => status === 500);
    expect(refused.length).toBeGreaterThan(0);
    without.forEach((answer, nth) => {
      if (answer.status !== 500) expect(answer, reading[nth]?.title).toEqual(before[nth]);
    });
  });
});

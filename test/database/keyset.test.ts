import { expect, test } from 'vitest';
import { keysetStatement } from '../../src/database/keyset.ts';
import { conversationSource } from '../../src/modules/conversation/store/rows.ts';
import { useApp } from '../support/harness.ts';
import { phoneLine } from '../support/lines.ts';

const parley = useApp();

interface Plan {
  Alias?: string;
  'Actual Loops': number;
  Plans?: Plan[];
}

function* nodesOf(plan: Plan): Generator<Plan> {
  yield plan;
  for (const each of plan.Plans ?? []) yield* nodesOf(each);
}

test('a total is counted once a parent, not once an item', async () => {
  const tenant = await parley.tenant();
  await parley.importLines(
    tenant,
    Array.from({ length: 5 }, (_, index) => phoneLine({ contactNumber: `+1555000000${index}` })),
  );
  const query = {
    source: conversationSource,
    time: 'c.last_message_at',
    descending: true,
    where: () => [],
    total: () => '(select count(*) from generate_series(1, 3) counted where parent.id is not null)',
  };
  const page = { limit: 50, offset: 0, fromEnd: false, after: null, before: null };
  const { text, ...statement } = keysetStatement(query, tenant.id, page).of([tenant.id, tenant.id]);
  const [row] = await parley.app.database.query<{ 'QUERY PLAN': [{ Plan: Plan }] }>({
    ...statement,
    text: `explain (analyze, format json) ${text}`,
  });
  const counts = [...nodesOf(row?.['QUERY PLAN'][0].Plan ?? { 'Actual Loops': 0 })].filter(({ Alias }) => Alias === 'counted');
  expect(counts.map((each) => each['Actual Loops'])).toEqual([2]);
});

import { beforeAll, expect, test } from 'vitest';
import { updateRetention } from '../../../src/modules/organization/commands/update-retention.ts';
import { explain } from '../../support/explain.ts';
import { type Tenant, useApp } from '../../support/harness.ts';
import { chatLine, phoneLine } from '../../support/lines.ts';

const parley = useApp();
let tenant: Tenant;

beforeAll(async () => {
  tenant = await parley.tenant();
  await parley.importLines(tenant, [
    ...Array.from({ length: 500 }, (_, index) =>
      phoneLine({ body: `secret number ${index}`, createdAt: `2020-01-01T00:0${index % 10}:00Z` }),
    ),
    phoneLine({ body: 'secret of today', createdAt: new Date().toISOString() }),
    chatLine({ body: 'secret of a chat', createdAt: '2020-01-01T00:00:00Z' }),
  ]);
  await updateRetention(parley.app.database, tenant.id, 365);
});

const lists = {
  'the organization': '{ searchMessages(query: "secret") { totalCount pageInfo { hasPreviousPage } nodes { body redactedAt } } }',
  'the organization, by a short beginning': '{ searchMessages(query: "s") { totalCount nodes { body redactedAt } } }',
  'the organization, oldest first':
    '{ searchMessages(query: "secret", orderBy: {field: CREATED_AT, direction: ASC}) { totalCount nodes { body redactedAt } } }',
  conversations: '{ conversations { nodes { messages(filter: {query: "secret"}) { totalCount nodes { body redactedAt } } } } }',
  'a number': '{ phoneNumbers { nodes { messages(filter: {query: "se"}) { totalCount nodes { body redactedAt } } } } }',
};

test.each(Object.entries(lists))('a search of %s reads the cutoff once, and no policy for a redacted match', async (_name, query) => {
  const ask = async () => {
    const { data, errors } = await parley.graphql(tenant.key, query);
    expect(errors).toBeUndefined();
    expect(JSON.stringify(data)).toContain('secret of today');
    expect(JSON.stringify(data)).not.toContain('secret number');
  };
  const plan = await explain(parley.app, 'messages', ask);
  const policies = plan.filter((node) => node['Relation Name'] === 'retention_policies');
  expect(policies.length).toBeGreaterThan(0);
  expect(policies.map((node) => node['Actual Loops'])).toEqual(policies.map(() => 0));
  const cutoffs = plan.filter((node) => node['Relation Name'] === 'organizations' && node['Parent Relationship'] === 'InitPlan');
  expect(cutoffs.length).toBeGreaterThan(0);
  for (const cutoff of cutoffs) expect(cutoff['Actual Loops']).toBeLessThanOrEqual(1);
});

test('stores redacted and deleted content without search tokens', async () => {
  const other = await parley.tenant(365);
  const deleted = phoneLine({ body: 'deleted later', externalId: 'later', createdAt: new Date().toISOString() });
  const expired = phoneLine({ body: 'past its window', createdAt: '2020-01-01T00:00:00Z' });
  const deletedAt = new Date().toISOString();
  await parley.importLines(other, [expired, { ...deleted, externalId: 'at once', deletedAt }, deleted]);
  await parley.importLines(other, [{ ...deleted, deletedAt }]);
  const stored = await parley.app.database.query({
    label: 'test_tokens',
    text: 'select body, search_vector from messages where organization_id = $1 order by body',
    values: [other.id],
  });
  expect(stored).toEqual(['deleted later', 'deleted later', 'past its window'].map((body) => ({ body, search_vector: null })));
});

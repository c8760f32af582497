// The cost of each route's document, at the largest page that its contract allows.
import { beforeAll, describe, expect, test } from 'vitest';
import { type Tenant, useApp } from '../support/harness.ts';
import { cases, type Ids, initOf, pathOf, tenantWithIds } from './all-routes.ts';

const parley = useApp();
const isSearch = /^(query|keyword|search)$/;
let tenant: Tenant;
let ids: Ids;

beforeAll(async () => {
  ({ tenant, ids } = await tenantWithIds(parley));
});

describe.each(cases)('$title', (each) => {
  const sizes = each.operation.parameters.filter(({ name }) => name.endsWith('limit'));
  const searches = each.operation.parameters.filter(({ name }) => isSearch.test(name));

  test('keeps its largest page, with a search if it has one, within the cost limit of an operation', async () => {
    const search = new URLSearchParams(sizes.map(({ name, schema }) => [name, String(schema.maximum)]));
    for (const { name } of searches) search.set(name, 'a');
    const { status } = await parley.fetch(`${pathOf(each, ids)}?${search}`, tenant.key, initOf(each));
    expect([200, 204]).toContain(status);
  });
});

test('finds routes with page sizes, and routes with a search', () => {
  expect(cases.filter(({ operation }) => operation.parameters.some(({ name }) => isSearch.test(name))).length).toBeGreaterThan(2);
  expect(cases.filter(({ operation }) => operation.parameters.some(({ name }) => name.endsWith('limit'))).length).toBeGreaterThan(8);
});

// What the documents of the routes may cost, at the largest page that each contract allows.
import { beforeAll, describe, expect, test } from 'vitest';
import { type Tenant, useApp } from '../support/harness.ts';
import { chatLine, phoneLine } from '../support/lines.ts';
import { cases, type Ids, idsOf, initOf, pathOf } from './all-routes.ts';

const parley = useApp();
let tenant: Tenant;
let ids: Ids;

beforeAll(async () => {
  tenant = await parley.tenant();
  await parley.importLines(tenant, [
    chatLine({}),
    phoneLine({ createdAt: '2026-02-01T00:00:00Z', agent: { externalId: 'ada', name: 'Ada' } }),
  ]);
  ids = await idsOf(parley, tenant);
});

describe.each(cases)('$title', (each) => {
  const sizes = each.operation.parameters.filter(({ name }) => name.endsWith('limit'));

  test('its largest page is within the price of an operation', async () => {
    const search = new URLSearchParams(sizes.map(({ name, schema }) => [name, String(schema.maximum)]));
    const { status } = await parley.fetch(`${pathOf(each, ids)}?${search}`, tenant.key, initOf(each));
    expect([200, 204]).toContain(status);
  });
});

test('pages have sizes', () => {
  expect(cases.filter(({ operation }) => operation.parameters.some(({ name }) => name.endsWith('limit'))).length).toBeGreaterThan(8);
});

import { beforeAll, expect, test } from 'vitest';
import { type Tenant, useApp } from '../support/harness.ts';
import { phoneLine } from '../support/lines.ts';
import { post } from './post.ts';

const parley = useApp();
let tenant: Tenant;

beforeAll(async () => {
  tenant = await parley.tenant();
  await parley.importLines(tenant, [phoneLine({})]);
});

test('every answer forbids caching and has its request id', async () => {
  for (const [key, query] of [
    [tenant.key, '{ viewer { name } }'],
    [tenant.key, '{'],
    [null, '{ viewer { name } }'],
  ] as const) {
    const { headers } = await post(parley, key, JSON.stringify({ query }));
    expect(headers.get('cache-control')).toBe('private, no-store');
    expect(headers.get('vary')).toMatch(/Authorization/);
    expect(headers.get('x-request-id')).toMatch(/^[0-9A-Z]{26}$/);
  }
});

test('introspection needs a key unless the demo is served', async () => {
  expect(await post(parley, null, '{"query":"{ __schema { queryType { name } } }"}')).toMatchObject({ status: 401 });
  expect(await post(parley, tenant.key, '{"query":"{ __schema { queryType { name } } }"}')).toMatchObject({
    status: 200,
    answer: { data: { __schema: { queryType: { name: 'Query' } } } },
  });
});

test('masks an internal error and logs it with its request id', async () => {
  await parley.app.database.query({ label: 'test_break', text: 'alter table agents rename to agents_gone' });
  const { answer } = await post(
    parley,
    tenant.key,
    JSON.stringify({ query: '{ conversations { nodes { participants { nodes { name } } } } }' }),
  );
  await parley.app.database.query({ label: 'test_mend', text: 'alter table agents_gone rename to agents' });
  const [error] = answer.errors ?? [];
  expect(error).toMatchObject({ message: 'internal error', extensions: { code: 'INTERNAL' } });
  expect(JSON.stringify(answer)).not.toContain('agents');
  const lines = parley.logged.filter(({ requestId, err }) => err !== undefined && requestId === error?.extensions.requestId);
  // The table does not exist.
  expect(lines).toMatchObject([{ err: { code: '42P01' } }]);
});

import { beforeAll, describe, expect, onTestFinished, test } from 'vitest';
import { revokeApiKey } from '../../src/modules/api-key/commands/revoke.ts';
import { stopClock } from '../support/clock.ts';
import { type GraphQLAnswer, type Tenant, useApp } from '../support/harness.ts';
import { phoneLine } from '../support/lines.ts';

const parley = useApp();
let tenant: Tenant;

beforeAll(async () => {
  tenant = await parley.tenant();
  await parley.importLines(tenant, [phoneLine({ direction: 'outbound', agent: { externalId: 'bot', name: 'Bot' } })]);
});

describe('keys', () => {
  const ask = async (authorization: string | null, more: [string, string][] = []) => {
    const headers = new Headers([
      ['content-type', 'application/json'],
      ...(authorization === null ? [] : ([['authorization', authorization]] as [string, string][])),
      ...more,
    ]);
    const response = await parley.app.fetch(
      new Request('http://parley.test/graphql', { method: 'POST', headers, body: '{"query":"{ viewer { name } }"}' }),
    );
    return { status: response.status, body: (await response.json()) as GraphQLAnswer };
  };

  test.each([
    ['none', null],
    ['an empty one', 'Bearer '],
    ['no scheme', 'am_live_demo000000000000000000000000000'],
    ['another scheme', 'Basic am_live_demo000000000000000000000000000'],
    ['an unknown one', 'Bearer am_live_0000000000000000000000000000000'],
    ['a long one', `Bearer am_live_${'0'.repeat(5_000)}`],
    ['one with a character that keys do not have', 'Bearer am_live_d\u00e9mo'],
  ])('%s: 401 UNAUTHENTICATED', async (_name, authorization) => {
    expect(await ask(authorization)).toMatchObject({ status: 401, body: { errors: [{ extensions: { code: 'UNAUTHENTICATED' } }] } });
  });

  test('accepts the scheme in any case and spaces around the key', async () => {
    for (const authorization of [`bearer ${tenant.key}`, `BEARER ${tenant.key}`, `Bearer   ${tenant.key}`, `Bearer ${tenant.key}  `]) {
      expect(await ask(authorization)).toMatchObject({ status: 200, body: { data: { viewer: { name: 'test' } } } });
    }
  });

  test('refuses two keys', async () => {
    expect(await ask(`Bearer ${tenant.key}`, [['authorization', `Bearer ${tenant.key}`]])).toMatchObject({ status: 401 });
  });

  test('refuses an expired key', async () => {
    const key = await parley.key(tenant.id, ['conversations:read'], new Date(Date.now() - 1));
    expect(await ask(`Bearer ${key}`)).toMatchObject({ status: 401 });
  });

  test('refuses a revoked key', async () => {
    const other = await parley.tenant();
    const [row] = await parley.app.database.query<{ id: string }>({
      label: 'test_key',
      text: 'select id from api_keys where organization_id = $1',
      values: [other.id],
    });
    await revokeApiKey(parley.app.database, other.id, row?.id ?? '');
    expect(await ask(`Bearer ${other.key}`)).toMatchObject({ status: 401 });
  });

  test('accepts a key that another process revoked for five seconds, on every API', async () => {
    const clock = stopClock();
    onTestFinished(clock.restore);
    const key = await parley.key(tenant.id);
    const statuses = async () => [
      (await ask(`Bearer ${key}`)).status,
      ...(await Promise.all(['/v1/conversations', '/ziik/conversations'].map(async (path) => (await parley.fetch(path, key)).status))),
    ];
    expect(await statuses()).toEqual([200, 200, 200]);
    const row = await parley.app.database.prisma.apiKey.findFirst({
      where: { hint: { endsWith: key.slice(-4) }, organizationId: tenant.id },
    });
    await revokeApiKey(parley.app.database, tenant.id, row?.id ?? '');
    await clock.pass(5_000);
    expect(await statuses()).toEqual([200, 200, 200]);
    await clock.pass(1);
    expect(await statuses()).toEqual([401, 401, 401]);
  });
});

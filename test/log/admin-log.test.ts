import { beforeAll, describe, expect, onTestFinished, test, vi } from 'vitest';
import { decodeId } from '../../src/values/ids.ts';
import { ask } from '../modules/conversation/conversations.ts';
import { type Tenant, useApp } from '../support/harness.ts';

const parley = useApp();
let tenant: Tenant;
let actingKeyId: string;

beforeAll(async () => {
  tenant = await parley.tenant();
  const { apiKeys } = await ask(parley, tenant.key, '{ apiKeys { nodes { id } } }');
  actingKeyId = uuidOf(apiKeys.nodes[0].id);
});

function uuidOf(id: string): string {
  return decodeId(id)?.uuid ?? '';
}

/** Runs a mutation. @returns its payload, and the logged lines about administrative actions */
async function run(mutation: string) {
  const begun = parley.logged.length;
  const response = await parley.fetch('/graphql', tenant.key, {
    method: 'POST',
    headers: { 'content-type': 'application/json' },
    body: JSON.stringify({ query: `mutation { result: ${mutation} }` }),
  });
  const { data } = (await response.json()) as { data: { result: Record<string, { id: string }> & { secret?: string } } | null };
  const log = parley.logged.slice(begun).filter(({ msg }) => msg === 'administrative action');
  const by = { requestId: response.headers.get('x-request-id'), actingKeyId, organizationId: tenant.id, level: 30 };
  return { payload: data?.result, log, by };
}

const create = (name: string) => run(`createApiKey(input: { name: "${name}", scopes: ["apikeys:write"] }) { apiKey { id } secret }`);

describe('logs an administrative action in one line, with its request and key, without names and secrets', () => {
  test('a key is created, rotated and revoked', async () => {
    const begun = parley.logged.length;
    const created = await create('NAME-OF-KEY');
    const keyId = uuidOf(created.payload?.apiKey?.id ?? '');
    const grant = { scopes: ['apikeys:write'], expiresAt: null };
    expect(created.log).toMatchObject([{ ...created.by, action: 'API_KEY_CREATED', keyId, ...grant }]);

    const rotated = await run(`rotateApiKey(input: { id: "${created.payload?.apiKey?.id}" }) { apiKey { id } secret }`);
    const successorId = uuidOf(rotated.payload?.apiKey?.id ?? '');
    expect(rotated.log).toMatchObject([{ ...rotated.by, action: 'API_KEY_ROTATED', keyId, successorId, ...grant }]);

    const revoke = `revokeApiKey(input: { id: "${rotated.payload?.apiKey?.id}" }) { apiKey { id } }`;
    const revoked = await run(revoke);
    expect(revoked.log).toMatchObject([{ ...revoked.by, action: 'API_KEY_REVOKED', keyId: successorId }]);
    expect((await run(revoke)).log).toEqual([]);

    const written = JSON.stringify(parley.logged.slice(begun));
    for (const secret of [created.payload?.secret, rotated.payload?.secret]) expect(written).not.toContain(secret?.slice(8));
    expect(written).not.toContain('NAME-OF-KEY');
  });

  test('a retention window is changed', async () => {
    const mutation = 'updateRetentionPolicy(input: { days: 30 }) { organization { id } }';
    const changed = await run(mutation);
    expect(changed.log).toMatchObject([{ ...changed.by, action: 'RETENTION_CHANGED', retentionDays: 30 }]);
    expect((await run(mutation)).log).toEqual([]);
  });

  test('logs nothing for a refused action', async () => {
    expect((await create(' ')).log).toEqual([]);
  });
});

test('logs the number of requests with refused keys once a minute', async () => {
  vi.useFakeTimers({ toFake: ['setTimeout', 'clearTimeout'], shouldClearNativeTimers: true });
  onTestFinished(() => void vi.useRealTimers());
  const reports = () => parley.logged.filter(({ msg }) => msg === 'requests with refused keys');
  const secret = 'am_live_refusedrefusedrefusedrefused123';
  const tries = async () => {
    let last: Response | undefined;
    for (const path of ['/graphql?query={viewer{name}}', '/v1/conversations', '/ziik/conversations'])
      last = await parley.fetch(path, secret);
    // Neither of them has an invalid key.
    for (const key of [null, tenant.key]) await parley.fetch('/v1/conversations', key);
    return last?.headers.get('x-request-id');
  };
  const counted = async () => ({ level: 40, refused: 3, lastRequestId: await tries() });
  const first = await counted();
  vi.advanceTimersByTime(59_999);
  expect(reports()).toEqual([]);
  vi.advanceTimersByTime(1);
  expect(reports()).toMatchObject([first]);
  vi.advanceTimersByTime(60_000);
  expect(reports()).toHaveLength(1);
  const second = await counted();
  vi.advanceTimersByTime(60_000);
  expect(reports()).toMatchObject([first, second]);
  expect(JSON.stringify(parley.logged)).not.toContain(secret.slice(8));
});

// Unknown keys: each costs at most one look-up, and an address may send a limited number in a minute. The tests control the clock.
import { afterEach, beforeAll, beforeEach, describe, expect, test, vi } from 'vitest';
import { maxFailures } from '../../src/auth/failed-attempts.ts';
import { newSecret } from '../../src/auth/secret.ts';
import { createApiKey } from '../../src/modules/api-key/commands/create.ts';
import { revokeApiKey } from '../../src/modules/api-key/commands/revoke.ts';
import { type Tenant, useApp } from '../support/harness.ts';
import { useServer } from '../support/server.ts';

// Every request comes through a proxy, which names the client's address.
const parley = useApp({ trustedProxies: ['127.0.0.1'] });
const server = useServer(parley);
let tenant: Tenant;

beforeAll(async () => {
  tenant = await parley.tenant();
});
beforeEach(() => {
  vi.useFakeTimers({ toFake: ['Date'] });
});
afterEach(() => {
  vi.useRealTimers();
});

const pass = (ms: number) => vi.setSystemTime(Date.now() + ms);

function ask(client: string, key: string, path = '/agentmessage/v1/conversations') {
  const post = { method: 'POST', body: '{"query":"{ viewer { name } }"}' };
  return fetch(server.origin + path, {
    ...(path === '/graphql' && post),
    headers: { 'x-forwarded-for': client, authorization: `Bearer ${key}`, 'content-type': 'application/json' },
  });
}

/** Repeats an unknown key until its address has `spared` attempts left. */
async function exhaust(client: string, spared = 0): Promise<void> {
  const key = newSecret('agentmessage');
  for (let left = maxFailures - spared; left > 0; left -= 50) {
    const answers = await Promise.all(Array.from({ length: Math.min(50, left) }, () => ask(client, key)));
    for (const answer of answers) {
      expect(answer.status).toBe(401);
      await answer.arrayBuffer();
    }
  }
}

describe('an unknown key', () => {
  const status = async (key: string) => (await parley.fetch('/agentmessage/v1/conversations', key)).status;
  /** Stores a key as another process does, without this process noticing. */
  const store = (secret: string) =>
    createApiKey(parley.app.database, tenant.id, { secret, name: 'late', scopes: ['conversations:read'], expiresAt: null });

  test('is not looked up again for two seconds, whatever other keys are sent; created meanwhile, it works after them', async () => {
    const secret = newSecret('agentmessage');
    expect(await status(secret)).toBe(401);
    await store(secret);
    for (let nth = 0; nth < 20; nth++) expect(await status(newSecret('agentmessage'))).toBe(401);
    expect(await status(secret)).toBe(401);
    pass(1_900);
    expect(await status(secret)).toBe(401);
    pass(200);
    expect(await status(secret)).toBe(200);
  });

  test('is looked up at once after this process created a key', async () => {
    const secret = newSecret('agentmessage');
    expect(await status(secret)).toBe(401);
    await store(secret);
    expect(await status(secret)).toBe(401);
    const create = 'mutation { createApiKey(input: { name: "new", scopes: ["conversations:read"] }) { secret } }';
    const { data } = await parley.graphql(tenant.key, create);
    expect(await status(data.createApiKey.secret)).toBe(200);
    expect(await status(secret)).toBe(200);
  });
});

describe('an address with too many failures', () => {
  const client = '192.0.2.7';
  const used = { secret: '', id: '' };

  beforeAll(async () => {
    used.secret = newSecret('agentmessage');
    const created = await createApiKey(parley.app.database, tenant.id, {
      secret: used.secret,
      name: 'used',
      scopes: ['conversations:read'],
      expiresAt: null,
    });
    used.id = created.id;
  });

  test('is refused in the shape of each API; keys that were used before work, others are not looked up', async () => {
    expect((await ask(client, used.secret)).status).toBe(200);
    await exhaust(client, 1);
    expect((await ask(client, newSecret('agentmessage'), '/graphql')).status).toBe(401);
    pass(13_000);
    const key = newSecret('agentmessage');
    const before = parley.logged.length;
    const rest = await ask(client, key);
    expect([rest.status, rest.headers.get('retry-after')]).toEqual([429, '47']);
    expect(await rest.json()).toEqual({
      success: false,
      error: { code: 'RATE_LIMITED', message: 'rate limited', request_id: rest.headers.get('x-request-id') },
    });
    const phone = await ask(client, key, '/agentphone/v1/conversations');
    expect([phone.status, (await phone.json()).error.code]).toEqual([429, 'RATE_LIMIT_EXCEEDED']);
    const chat = await ask(client, key, '/ziik/conversations');
    expect([chat.status, (await chat.json()).error.code]).toEqual([429, 'too_many_requests']);
    const graphql = await ask(client, key, '/graphql');
    expect([graphql.status, graphql.headers.get('retry-after'), await graphql.json()]).toEqual([
      429,
      '47',
      {
        errors: [
          {
            message: 'too many unknown API keys came from this address: try again in 47 seconds',
            extensions: { code: 'RATE_LIMITED', retryAfter: 47, requestId: graphql.headers.get('x-request-id') },
          },
        ],
      },
    ]);
    expect(parley.logged.slice(before).filter(({ level }) => Number(level) >= 40)).toEqual([]);

    // This process has seen the key as valid. It is no longer cached.
    pass(6_000);
    expect((await ask(client, used.secret)).status).toBe(200);
    const never = await parley.key(tenant.id);
    expect((await ask(client, never)).status).toBe(429);
    expect((await ask('192.0.2.8', never)).status).toBe(200);
    // Now this process has seen the key as valid.
    expect((await ask(client, never)).status).toBe(200);
    await revokeApiKey(parley.app.database, tenant.id, used.id);
    pass(41_000);
    expect((await ask(client, newSecret('agentmessage'))).status).toBe(401);
  });

  test('of IPv6 counts as its /64; valid keys and requests without a key are no attempts', async () => {
    await exhaust('2001:db8:1:2::1', 1);
    for (let nth = 0; nth < 3; nth++) {
      expect((await ask('2001:db8:1:2::1', await parley.key(tenant.id))).status).toBe(200);
      expect((await ask('2001:db8:1:2::1', '')).status).toBe(401);
    }
    expect((await ask('2001:db8:1:2:ffff::9', newSecret('agentmessage'))).status).toBe(401);
    expect((await ask('2001:db8:1:2:3:4:5:6', newSecret('agentmessage'))).status).toBe(429);
    expect((await ask('2001:db8:1:3::1', newSecret('agentmessage'))).status).toBe(401);
  });
});

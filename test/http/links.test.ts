// The links of answers, and the hosts that requests may name. Links never contain what a client writes into Host, the target or forwarded headers.
import { beforeAll, describe, expect, test } from 'vitest';
import { maxFailures } from '../../src/auth/failed-attempts.ts';
import { type Tenant, useApp } from '../support/harness.ts';
import { phoneLine } from '../support/lines.ts';
import { useServer } from '../support/server.ts';

type Parley = ReturnType<typeof useApp>;
type Send = ReturnType<typeof useServer>['send'];

/** Returns the addresses that links begin with, over all answers that have links. */
async function originsOf(send: Send, { key }: Tenant, headers: Record<string, string | string[]>, base = ''): Promise<Set<string>> {
  const authorized = { ...headers, authorization: `Bearer ${key}` };
  const list = JSON.parse((await send(`${base}/ziik/conversations?limit=1`, authorized)).body);
  const bare = JSON.parse((await send(`${base}/conversations?limit=1`, authorized)).body);
  const description = JSON.parse((await send(`${base}/agentphone/openapi.json`, headers)).body);
  const page = (await send(`${base}/`, headers)).body;
  const line = /'(.*?)\/v1\/conversations\?limit=3'<\/code>/.exec(page)?.[1] ?? 'no line';
  const links = [...Object.values(list.links), list.meta.path, ...Object.values(bare.links), bare.meta.path] as (string | null)[];
  const servers = description.servers.map(({ url }: { url: string }) => url);
  return new Set([
    line,
    ...[...links, ...servers].flatMap((link) => link?.replace(/(?<=[^/:]\/?)\/(ziik|agentphone|conversations).*$|\/$/, '') ?? []),
  ]);
}

async function withConversations(parley: Parley): Promise<Tenant> {
  const tenant = await parley.tenant();
  await parley.importLines(tenant, [phoneLine({}), phoneLine({ contactNumber: '+15550000003' })]);
  return tenant;
}

const forged = "a'$(id)'.example";
const claims = {
  'x-forwarded-host': 'evil.example',
  'x-forwarded-proto': 'https',
  forwarded: 'for=192.0.2.1;host=evil.example;proto=https',
};

describe('with PUBLIC_URL and ALLOWED_HOSTS', () => {
  const parley = useApp({
    publicUrl: 'https://api.example.com',
    allowedHosts: ['api.example.com', '[::1]'],
    trustedProxies: ['127.0.0.1'],
  });
  const server = useServer(parley);
  let tenant: Tenant;
  beforeAll(async () => {
    tenant = await withConversations(parley);
  });

  test('begins every link with PUBLIC_URL, whatever host a request or its proxy names', async () => {
    const forwarded = { 'x-forwarded-host': 'api.example.com:8443', 'x-forwarded-proto': 'http' };
    for (const headers of [{}, forwarded]) {
      const origins = await originsOf(server.send, tenant, { host: 'api.example.com', ...headers });
      expect(origins).toEqual(new Set(['https://api.example.com']));
    }
    const absolute = await originsOf(server.send, tenant, { host: 'api.example.com' }, 'http://api.example.com:81');
    expect(absolute).toEqual(new Set(['https://api.example.com']));
  });

  test.each(['api.example.com', 'API.example.com:4000', '[::1]:4000'])('serves the host %s', async (host) => {
    expect((await server.send('/', { host })).status).toBe(200);
  });

  const sentence = 'this host is not served here';
  const id = expect.stringMatching(/^[0-9A-Z]{26}$/);
  const refusals: [path: string, body: unknown][] = [
    ['/', `${sentence}\n`],
    ['/graphql', { errors: [{ message: sentence, extensions: { code: 'BAD_USER_INPUT', requestId: id } }] }],
    ['/schema.graphql', { errors: [{ message: sentence, extensions: { code: 'BAD_USER_INPUT', requestId: id } }] }],
    ['/agentmessage/v1/conversations', { success: false, error: { code: 'INVALID_INPUT', message: 'invalid input', request_id: id } }],
    [
      '/agentphone/v1/conversations',
      {
        detail: 'This host is not served here',
        error: { message: 'This host is not served here', code: 'MISDIRECTED_REQUEST', type: 'invalid_request' },
      },
    ],
    ['/ziik/conversations', { error: { code: 'misdirected_request', message: 'This host is not served here', is_ziik_error: true } }],
    ['/nothing', { success: false, error: { code: 'INVALID_INPUT', message: 'invalid input', request_id: id } }],
  ];

  test.each(refusals)('refuses any other host with 421 at %s', async (path, body) => {
    const authorization = `Bearer ${tenant.key}`;
    const wrong: [target: string, headers: Record<string, string>][] = [
      [path, { host: 'evil.example' }],
      [path, { host: 'api.example.com.evil.example' }],
      [path, { host: '127.0.0.1' }],
      [path, { host: 'api.example.com', 'x-forwarded-host': 'evil.example' }],
      [path, { host: 'api.example.com', forwarded: 'host=evil.example' }],
      // If the two forms disagree, one of them may be the client's.
      [path, { host: 'api.example.com', 'x-forwarded-host': 'evil.example', forwarded: 'host=api.example.com' }],
      [path, { host: 'api.example.com', 'x-forwarded-host': 'api.example.com', forwarded: 'host="a b"' }],
      [`http://evil.example${path}`, { host: 'api.example.com' }],
      [`http://api.example.com${path}`, { host: 'evil.example' }],
    ];
    for (const [target, headers] of wrong) {
      const answer = await server.send(target, { authorization, ...headers });
      expect([answer.status, typeof body === 'string' ? answer.body : JSON.parse(answer.body)], target).toEqual([421, body]);
      expect(answer.headers['x-content-type-options']).toBe('nosniff');
      expect(answer.headers['ratelimit-limit']).toBeUndefined();
    }
  });

  test('refuses any other host for a plain operation, and for a page in a browser', async () => {
    const headers = { host: 'evil.example', authorization: `Bearer ${tenant.key}`, 'content-type': 'application/json' };
    const body = '{"query":"mutation { createAgent(input: { externalId: \\"x\\", name: \\"x\\" }) { agent { id } } }"}';
    expect((await server.send('/graphql', headers, { method: 'POST', body })).status).toBe(421);
    const agents = await server.send(
      '/graphql',
      { ...headers, host: 'api.example.com' },
      { method: 'POST', body: '{"query":"{ agents { nodes { id } } }"}' },
    );
    expect(JSON.parse(agents.body).data).toEqual({ agents: { nodes: [] } });
    const page = await server.send('/graphql', { host: 'evil.example', accept: 'text/html' });
    expect([page.status, page.body]).toEqual([421, `${sentence}\n`]);
  });

  test('refuses any other host for a WebSocket', async () => {
    const handshake = {
      connection: 'Upgrade',
      upgrade: 'websocket',
      'sec-websocket-key': 'AAAAAAAAAAAAAAAAAAAAAA==',
      'sec-websocket-version': '13',
      'sec-websocket-protocol': 'graphql-transport-ws',
    };
    const wrong: Record<string, string>[] = [{ host: 'evil.example' }, { host: 'api.example.com', 'x-forwarded-host': 'evil.example' }];
    for (const headers of wrong) {
      const answer = await server.send('/graphql', { ...handshake, ...headers });
      expect([answer.status, answer.body]).toEqual([421, `${sentence}\n`]);
    }
  });

  test('lets a page at PUBLIC_URL open a WebSocket, whatever Host its proxy writes, and no other page', async () => {
    const handshake = { connection: 'Upgrade', upgrade: 'websocket', 'sec-websocket-version': '13', host: '[::1]:4000' };
    const protocol = { 'sec-websocket-protocol': 'graphql-transport-ws' };
    const from = async (origin: string) => (await server.send('/graphql', { ...handshake, ...protocol, origin })).status;
    // Both lack the key of the handshake, which is checked last.
    expect([await from('https://api.example.com'), await from('https://evil.example')]).toEqual([400, 403]);
  });

  test.each(['/health', '/ready'])('answers %s for any host', async (path) => {
    expect((await server.send(path, { host: 'evil.example' })).status).toBe(200);
  });
});

describe('without PUBLIC_URL', () => {
  const parley = useApp({ publicUrl: null, trustedProxies: ['10.0.0.0/8', '127.0.0.1'] });
  const server = useServer(parley);
  let tenant: Tenant;
  beforeAll(async () => {
    tenant = await withConversations(parley);
  });
  const origins = (headers: Record<string, string | string[]>) => originsOf(server.send, tenant, { host: forged, ...headers });

  test('begins links with the address that it listens on, never with the Host header or the target', async () => {
    const listened = new Set([server.origin]);
    expect(await origins({})).toEqual(listened);
    expect(await originsOf(server.send, tenant, { host: 'x' }, `http://${forged}`)).toEqual(listened);
    expect((await server.send('/', { host: forged })).body).not.toContain('$(id)');
  });

  test.each<[string, Record<string, string | string[]>, string]>([
    ['X-Forwarded-Proto', { 'x-forwarded-proto': 'https' }, 'https://127.0.0.1:PORT'],
    ['X-Forwarded-Host', { 'x-forwarded-host': 'chat.example.com' }, 'http://chat.example.com'],
    ['both', { 'x-forwarded-host': 'chat.example.com:8443', 'x-forwarded-proto': 'HTTPS' }, 'https://chat.example.com:8443'],
    ['Forwarded', { forwarded: 'for="[2001:db8::1]:47";proto=https;host="chat.example.com"' }, 'https://chat.example.com'],
    ['Forwarded and the others, agreeing', { forwarded: 'proto=https', 'x-forwarded-proto': 'https' }, 'https://127.0.0.1:PORT'],
    ['Forwarded and the others, disagreeing', { forwarded: 'proto=https', 'x-forwarded-proto': 'http' }, 'http://127.0.0.1:PORT'],
    ['the value of the last proxy, not of its client', { 'x-forwarded-host': 'evil.example, chat.example.com' }, 'http://chat.example.com'],
    [
      'what the first of two trusted proxies wrote',
      { 'x-forwarded-for': '192.0.2.1, 10.1.2.3', 'x-forwarded-proto': 'http, https, http' },
      'https://127.0.0.1:PORT',
    ],
    ['a host that is a command', { 'x-forwarded-host': forged }, 'http://127.0.0.1:PORT'],
    ['a host that is a tag', { 'x-forwarded-host': '<script>' }, 'http://127.0.0.1:PORT'],
    ['a host with a path', { 'x-forwarded-host': 'chat.example.com/x' }, 'http://127.0.0.1:PORT'],
    ['another scheme', { 'x-forwarded-proto': 'javascript' }, 'http://127.0.0.1:PORT'],
  ])('uses the headers of a trusted proxy: %s', async (_name, headers, origin) => {
    expect(await origins(headers)).toEqual(new Set([origin.replace('PORT', String(server.port))]));
  });
});

describe('a client that is no trusted proxy', () => {
  /** Sends an unknown key so many times. @returns the statuses of the answers */
  const tryKeys = async (count: number) => {
    const statuses = new Set<number>();
    for (let nth = 0; nth < count; nth += 50) {
      const batch = Array.from({ length: Math.min(50, count - nth) }, (_, index) => ({
        authorization: 'Bearer am_live_0000000000000000000000000000000',
        'x-forwarded-for': `192.0.2.${(nth + index) % 250}`,
      }));
      for (const { status } of await Promise.all(batch.map((headers) => server.send('/v1/conversations', headers)))) statuses.add(status);
    }
    return statuses;
  };

  const parley = useApp({ publicUrl: null, trustedProxies: ['10.0.0.0/8', '::1'] });
  const server = useServer(parley);

  test('cannot change links with forwarded headers', async () => {
    const tenant = await withConversations(parley);
    expect(await originsOf(server.send, tenant, { host: 'x', ...claims })).toEqual(new Set([server.origin]));
    expect(await originsOf(server.send, tenant, { host: 'x', 'x-forwarded-for': '10.0.0.1', 'x-forwarded-host': 'evil.example' })).toEqual(
      new Set([server.origin]),
    );
  });

  // The last test, because afterwards this address may send no unknown keys.
  test('counts as one client, whatever addresses it names', async () => {
    expect(await tryKeys(maxFailures)).toEqual(new Set([401]));
    expect(await tryKeys(1)).toEqual(new Set([429]));
  });
});

import { once } from 'node:events';
import { createServer, request } from 'node:http';
import { type AddressInfo, connect } from 'node:net';
import { join } from 'node:path';
import { text } from 'node:stream/consumers';
import { createClient } from 'graphql-ws';
import { describe, expect, onTestFinished, test } from 'vitest';
import { WebSocket } from 'ws';
import { newDataDir, run, start, useFolder } from './start.ts';

/** Empty at the first start. Later starts find the demo and are faster. */
const folder = useFolder();

describe('npm start on an empty folder', () => {
  test('prints commands that work when pasted, at any LOG_LEVEL; a second start serves the same data', async () => {
    const DATA_DIR = folder();
    const ids: string[] = [];
    for (const LOG_LEVEL of ['silent', 'info']) {
      const server = await start({ DATA_DIR, LOG_LEVEL });
      const commands = server.output.stdout.split('\n').filter((line) => line.startsWith('curl '));
      expect(commands).toHaveLength(2);
      const [rest, graphql] = await Promise.all(commands.map(paste));
      expect(rest).toMatchObject({ success: true, meta: { limit: 3 } });
      expect(rest.data).toHaveLength(3);
      expect(graphql.data.conversations.nodes).toHaveLength(3);
      ids.push(rest.data[0].id);
      if (LOG_LEVEL === 'silent') expect(server.output.stderr).toBe('');
      server.signal('SIGTERM');
      expect(await server.exit).toBe(0);
    }
    expect(ids[0]).toBe(ids[1]);
  });

  test('shows GraphiQL to a browser and a landing page', async () => {
    const { origin } = await start({ DATA_DIR: folder() });
    // GraphiQL writes the edited operation into its address. A reload must show GraphiQL too.
    for (const address of ['/graphql', '/graphql?query=%7B+viewer+%7B+name+%7D+%7D']) {
      const explorer = await fetch(origin + address, { headers: { accept: 'text/html,application/xhtml+xml,*/*;q=0.8' } });
      expect(await explorer.text()).toContain('am_live_demo000000000000000000000000000');
    }
    const landing = await fetch(origin, { headers: { accept: 'text/html' } });
    expect(await landing.text()).toContain('href="/graphql"');
  });
});

test.each([
  ['first', /"organization_create_participant"/],
  ['second', /("organization_create_participant"[\s\S]*){2}/],
])('loads both demo organizations at the next start when it was killed while loading the %s', async (_which, moment) => {
  const DATA_DIR = await newDataDir();
  const killed = run('src/main.ts', { DATA_DIR, PORT: '0', LOG_LEVEL: 'debug' });
  await killed.until('stderr', moment);
  killed.signal('SIGKILL');
  await killed.exit;
  const { origin } = await start({ DATA_DIR });
  const totals = ['am_live_demo000000000000000000000000000', 'am_live_demoother000000000000000000000'].map(async (key) => {
    const answer = await fetch(`${origin}/graphql`, {
      method: 'POST',
      headers: { authorization: `Bearer ${key}`, 'content-type': 'application/json' },
      body: '{"query":"{ conversations { totalCount } }"}',
    });
    return (await answer.json()).data.conversations.totalCount;
  });
  expect(await Promise.all(totals)).toEqual([30, 5]);
});

describe('refuses to start, with the reason in one line', () => {
  test('on a public HOST with the demo, but not with a folder that has an organization of its own', async () => {
    const DATA_DIR = await newDataDir();
    const refused = run('src/main.ts', { DATA_DIR, PORT: '0', HOST: '0.0.0.0' });
    expect(await refused.exit).toBe(1);
    expect(refused.output.stderr).toMatch(/^HOST 0\.0\.0\.0 is not loopback.*demo.*\n$/);
    expect(refused.output.stdout).toBe('');
    // Nothing was loaded, so the folder can still get an organization of its own.
    const created = run('src/cli.ts', { DATA_DIR }, ['org', 'create', '--name', 'Own']);
    expect(await created.exit).toBe(0);
    const server = await start({ DATA_DIR, HOST: '0.0.0.0' });
    expect(server.output.stdout).toContain('Bearer YOUR_KEY');
    expect((await fetch(`${server.origin}/health`)).status).toBe(200);
  });

  test('on a folder that another process serves', async () => {
    const DATA_DIR = folder();
    const server = await start({ DATA_DIR });
    const second = run('src/main.ts', { DATA_DIR, PORT: '0' });
    expect(await second.exit).toBe(1);
    expect(second.output.stderr).toMatch(new RegExp(`^.* is in use by process ${server.pid} .*\\n$`));
    server.signal('SIGINT');
    expect(await server.exit).toBe(0);
    const open = run('src/main.ts', { DATA_DIR, PORT: '0', HOST: '::' });
    expect(await open.exit).toBe(1);
    expect(open.output.stderr).toMatch(/^HOST :: is not loopback.*\n$/);
  });

  test('on a port in use', async () => {
    const taken = createServer().listen(0, '127.0.0.1');
    onTestFinished(() => void taken.close());
    await once(taken, 'listening');
    const { port } = taken.address() as AddressInfo;
    const server = run('src/main.ts', { DATA_DIR: folder(), PORT: String(port) });
    expect(await server.exit).toBe(1);
    expect(server.output.stderr).toBe(`port ${port} on 127.0.0.1 is in use: stop what listens there, or set another PORT\n`);
  });

  test('with a wrong file of trusted operations: exit code 2', async () => {
    const DATA_DIR = await newDataDir();
    const server = run('src/main.ts', { DATA_DIR, PORT: '0', TRUSTED_OPERATIONS: join(DATA_DIR, 'absent.json') });
    expect(await server.exit).toBe(2);
    expect(server.output.stderr).toMatch(/^TRUSTED_OPERATIONS, .*absent\.json: ENOENT.*\n$/);
  });

  test('with an invalid configuration: every problem, exit code 2', async () => {
    const server = run('src/main.ts', { PORT: 'eighty', LOG_LEVEL: 'loud', DATABASE_URL: 'mysql://x' });
    expect(await server.exit).toBe(2);
    expect(
      server.output.stderr
        .trim()
        .split('\n')
        .map((line) => line.split(' ')[0])
        .sort(),
    ).toEqual(['DATABASE_URL', 'LOG_LEVEL', 'PORT']);
  });
});

describe('a signal', () => {
  test('lets a running request finish', async () => {
    const server = await start({ DATA_DIR: folder() });
    const { req, answer } = beginRequest(server.origin);
    await answer.begun;
    server.signal('SIGTERM');
    await server.until('stderr', /"stopping"/);
    req.end(' }"}');
    expect(await answer.status).toBe(200);
    expect(await server.exit).toBe(0);
  });

  test('ends subscriptions over WebSocket, then closes their sockets', async () => {
    const server = await start({ DATA_DIR: folder() });
    const url = `${server.origin.replace('http', 'ws')}/graphql`;
    const client = createClient({
      url,
      webSocketImpl: WebSocket,
      connectionParams: { apiKey: 'am_live_demo000000000000000000000000000' },
      retryAttempts: 0,
    });
    const closed = new Promise((resolve) => client.on('closed', resolve));
    const complete = new Promise<void>((resolve, reject) => {
      const query = 'subscription { messageRecorded { cursor } }';
      client.subscribe({ query }, { next: () => {}, error: reject, complete: resolve });
    });
    client.on('connected', (socket) => setImmediate(() => (socket as WebSocket).send('{"type":"ping"}')));
    await new Promise<void>((resolve) => client.on('pong', () => resolve()));
    // The first bytes of HTTP/2 are no request of HTTP/1.1.
    expect(await text(connect(Number(new URL(url).port), '127.0.0.1').end('PRI * HTTP/2.0\r\n\r\nSM\r\n\r\n'))).toContain(
      'the request is no valid HTTP/1.1',
    );
    server.signal('SIGTERM');
    await complete;
    expect(await closed).toMatchObject({ code: 1001, reason: 'this gateway is being stopped' });
    expect(await server.exit).toBe(0);
    expect(server.output.stderr).not.toContain('"level":50');
  });

  test('of another kind ends a stop at once', async () => {
    const server = await start({ DATA_DIR: folder() });
    const { answer } = beginRequest(server.origin);
    await answer.begun;
    server.signal('SIGTERM');
    await server.until('stderr', /"stopping"/);
    server.signal('SIGINT');
    expect(await server.exit).toBe(1);
    await expect(answer.status).rejects.toThrow();
  });
});

/** Runs a printed command as a shell does: with quoted words, -s, -H and -d. */
async function paste(command: string) {
  const parts = [...command.matchAll(/'([^']*)'|(\S+)/g)].map(([, quoted, bare]) => quoted ?? bare ?? '');
  const after = (flag: string) => parts.filter((_part, index) => parts[index - 1] === flag);
  const headers = after('-H').map((header): [string, string] => header.split(': ', 2) as [string, string]);
  const [body] = after('-d');
  const url = parts.find((part) => part.startsWith('http:')) ?? '';
  return (await fetch(url, body === undefined ? { headers } : { headers, method: 'POST', body })).json();
}

/** Begins a request. Once the server answers 100 Continue, its headers have arrived and its body has not. */
function beginRequest(origin: string) {
  const req = request(`${origin}/graphql`, {
    method: 'POST',
    headers: {
      authorization: 'Bearer am_live_demo000000000000000000000000000',
      'content-type': 'application/json',
      'transfer-encoding': 'chunked',
      expect: '100-continue',
    },
  });
  const begun = new Promise<void>((resolve) => req.once('continue', resolve));
  const status = new Promise<number | undefined>((resolve, reject) => {
    req.once('response', (response) => {
      response.resume().once('end', () => resolve(response.statusCode));
    });
    req.once('error', reject);
  });
  // A rejection before a test awaits it must not end the process.
  status.catch(() => {});
  req.write('{"query":"{ viewer { name }');
  return { req, answer: { begun, status } };
}

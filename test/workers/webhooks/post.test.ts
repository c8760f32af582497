import type { LookupAddress } from 'node:dns';
import { createServer, type RequestListener } from 'node:http';
import { createServer as createTlsServer } from 'node:https';
import { type AddressInfo, createServer as createTcpServer, type Server, type Socket } from 'node:net';
import { getCACertificates, setDefaultCACertificates } from 'node:tls';
import { expect, onTestFinished, test } from 'vitest';
import { readRanges } from '../../../src/values/public-address.ts';
import { type Lookup, poster } from '../../../src/workers/webhooks/post.ts';
import { selfSigned } from '../../support/certificate.ts';

const loopback = readRanges(['127.0.0.1']);

/** Starts a server for one test. @returns its port */
async function listen(server: Server): Promise<number> {
  const sockets = new Set<Socket>();
  server.on('connection', (socket) => sockets.add(socket));
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  onTestFinished(() => {
    for (const socket of sockets) socket.destroy();
    server.close();
  });
  return (server.address() as AddressInfo).port;
}

const receiver = (listener: RequestListener) => listen(createServer(listener));

/** A resolver that knows every name, and gives its answers one after the other. It keeps the last one. */
function resolver(...answers: string[][]): Lookup & { asked: string[] } {
  const asked: string[] = [];
  const lookup: Lookup = (host, _options, done) => {
    const addresses = answers[Math.min(asked.length, answers.length - 1)] ?? [];
    asked.push(host);
    done(
      null,
      addresses.map((address): LookupAddress => ({ address, family: address.includes(':') ? 6 : 4 })),
    );
  };
  return Object.assign(lookup, { asked });
}

const sent = {
  headers: { 'content-type': 'application/json' },
  body: Buffer.from('{"a":1}'),
  timeoutMs: 5_000,
  signal: new AbortController().signal,
};

test('posts the body, and returns the status and the size of the answer', async () => {
  const received: unknown[] = [];
  const port = await receiver(async (request, response) => {
    const chunks = await Array.fromAsync(request);
    received.push({ method: request.method, url: request.url, headers: request.headers, body: Buffer.concat(chunks).toString() });
    response.writeHead(202).end('thanks');
  });
  const post = poster(loopback, resolver(['127.0.0.1']));
  const result = await post({ ...sent, url: `http://receiver.example:${port}/hook?a=1` });
  expect(result).toEqual({ status: 202, bytes: 6, durationMs: expect.any(Number) });
  const headers = { 'content-type': 'application/json', 'content-length': '7', host: `receiver.example:${port}`, connection: 'close' };
  expect(received).toEqual([{ method: 'POST', url: '/hook?a=1', headers, body: '{"a":1}' }]);
});

test.each(['127.0.0.1', '2130706433', '0177.1', '[::ffff:127.0.0.1]', '169.254.169.254', '0.0.0.0', '[::]', '10.0.0.1'])(
  'sends nothing to the address %s',
  async (host) => {
    let connections = 0;
    const port = await listen(
      createTcpServer(() => {
        connections += 1;
      }),
    );
    expect(await poster([])({ ...sent, url: `https://${host}:${port}/` })).toEqual({ error: 'address', durationMs: expect.any(Number) });
    expect(connections).toBe(0);
  },
);

test.each([
  [['10.0.0.1']],
  [['169.254.169.254']],
  [['::1']],
  [['::ffff:127.0.0.1']],
  [['fd00:ec2::254']],
  [['64:ff9b::7f00:1']],
  [['0.0.0.0']],
  // One good address does not make the name good.
  [['8.8.8.8', '127.0.0.1']],
  [[]],
])('sends nothing to a name with the addresses %j', async (addresses) => {
  expect(await poster([], resolver(addresses))({ ...sent, url: 'https://name.example/' })).toMatchObject({ error: 'address' });
});

test('sends nothing to the name of this machine', async () => {
  const port = await receiver((_request, response) => response.end());
  expect(await poster([])({ ...sent, url: `https://localhost:${port}/` })).toMatchObject({ error: 'address' });
});

test('does not use http to an address that is public, and not allowed', async () => {
  expect(await poster(loopback, resolver(['8.8.8.8']))({ ...sent, url: 'http://name.example/' })).toMatchObject({ error: 'address' });
  expect(await poster(loopback)({ ...sent, url: 'http://8.8.8.8/' })).toMatchObject({ error: 'address' });
});

test('a name is resolved once for each request, so that it cannot change between the check and the connection', async () => {
  let requests = 0;
  const port = await receiver((_request, response) => {
    requests += 1;
    response.end();
  });
  const lookup = resolver(['127.0.0.1'], ['127.0.0.2'], ['127.0.0.1']);
  const post = poster(loopback, lookup);
  const url = `http://turning.example:${port}/`;
  // Without the check, 127.0.0.2 would be answered too; a second lookup for the connection would connect to it.
  expect(await post({ ...sent, url })).toMatchObject({ status: 200 });
  expect(lookup.asked).toEqual(['turning.example']);
  // A connection that was kept open would not be checked again.
  expect(await post({ ...sent, url })).toMatchObject({ error: 'address' });
  expect(await post({ ...sent, url })).toMatchObject({ status: 200 });
  expect(lookup.asked).toHaveLength(3);
  expect(requests).toBe(2);
});

test('does not follow a redirect', async () => {
  const paths: unknown[] = [];
  const port = await receiver((request, response) => {
    paths.push(request.url);
    response.writeHead(307, { location: `http://127.0.0.1:${port}/inside` }).end();
  });
  expect(await poster(loopback)({ ...sent, url: `http://127.0.0.1:${port}/` })).toMatchObject({ status: 307 });
  expect(paths).toEqual(['/']);
});

test('reads 64 KiB of an endless answer, and ends the connection', async () => {
  const ended = Promise.withResolvers<void>();
  const port = await receiver((_request, response) => {
    const chunk = Buffer.alloc(10_000);
    const write = (): boolean => response.write(chunk) && write();
    response.on('drain', write);
    response.on('close', () => ended.resolve());
    write();
  });
  expect(await poster(loopback)({ ...sent, url: `http://127.0.0.1:${port}/` })).toMatchObject({ status: 200, bytes: 65_536 });
  await ended.promise;
});

test.each<[string, RequestListener]>([
  ['sends nothing', () => {}],
  ['sends headers only', (_request, response) => response.flushHeaders()],
  ['begins its answer, and does not end it', (_request, response) => response.write('a')],
  ['sends early hints only', (_request, response) => response.writeEarlyHints({ link: '</a>; rel=preload' })],
])('gives up on a receiver that %s', async (_name, listener) => {
  const url = `http://127.0.0.1:${await receiver(listener)}/`;
  expect(await poster(loopback)({ ...sent, url, timeoutMs: 50 })).toEqual({ error: 'timeout', durationMs: expect.any(Number) });
});

test('gives up on a name that is not resolved in time', async () => {
  expect(await poster(loopback, () => {})({ ...sent, url: 'https://name.example/', timeoutMs: 20 })).toMatchObject({ error: 'timeout' });
});

test('ends a request when the gateway stops', async () => {
  const stop = new AbortController();
  const url = `http://127.0.0.1:${await receiver(() => stop.abort())}/`;
  expect(await poster(loopback)({ ...sent, url, signal: stop.signal })).toMatchObject({ error: 'aborted' });
});

test('names the failure of a connection', async () => {
  const post = poster(loopback);
  const server = createTcpServer();
  const port = await listen(server);
  await new Promise((resolve) => server.close(resolve));
  expect(await post({ ...sent, url: `http://127.0.0.1:${port}/` })).toMatchObject({ error: 'connect' });
  const hangsUp = await listen(createTcpServer((socket) => socket.destroy()));
  expect(await post({ ...sent, url: `http://127.0.0.1:${hangsUp}/` })).toMatchObject({ error: 'connect' });
  const unknown: Lookup = (_host, _options, done) => done(Object.assign(new Error('unknown'), { code: 'ENOTFOUND' }), []);
  expect(await poster(loopback, unknown)({ ...sent, url: 'https://name.example/' })).toMatchObject({ error: 'dns' });
});

test.each([
  ['is no HTTP', 'SSH-2.0-OpenSSH_9.2\r\n'],
  ['switches protocols', 'HTTP/1.1 101 Switching Protocols\r\nUpgrade: x\r\nConnection: Upgrade\r\n\r\n'],
  ['has endless headers', `HTTP/1.1 200 OK\r\n${'a: b\r\n'.repeat(20_000)}`],
  ['ends before its length', 'HTTP/1.1 200 OK\r\nContent-Length: 10\r\n\r\nabc'],
])('refuses an answer that %s', async (_name, answer) => {
  const port = await listen(createTcpServer((socket) => socket.on('error', () => {}).on('data', () => socket.end(answer))));
  expect(await poster(loopback)({ ...sent, url: `http://127.0.0.1:${port}/` })).toMatchObject({ error: 'answer' });
});

test('verifies the certificate of a receiver, and its name', async () => {
  const pair = selfSigned('receiver.example');
  const port = await listen(createTlsServer(pair, (_request, response) => response.end()));
  const post = poster(loopback, resolver(['127.0.0.1']));
  expect(await post({ ...sent, url: `https://receiver.example:${port}/` })).toMatchObject({ error: 'tls' });
  const trusted = getCACertificates('default');
  setDefaultCACertificates([...trusted, pair.cert]);
  onTestFinished(() => setDefaultCACertificates(trusted));
  expect(await post({ ...sent, url: `https://receiver.example:${port}/` })).toMatchObject({ status: 200 });
  expect(await post({ ...sent, url: `https://other.example:${port}/` })).toMatchObject({ error: 'tls' });
});

test('https to a receiver without encryption fails', async () => {
  const url = `https://127.0.0.1:${await receiver((_request, response) => response.end())}/`;
  expect(await poster(loopback)({ ...sent, url })).toMatchObject({ error: 'tls' });
});

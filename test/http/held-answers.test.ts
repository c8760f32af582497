// Unread answers over real sockets: clients that do not read take a limited number of bytes, and cost no other client its answer.
import { once } from 'node:events';
import { createServer, type Server } from 'node:http';
import { type AddressInfo, connect, type Socket } from 'node:net';
import { afterAll, beforeAll, describe, expect, onTestFinished, test, vi } from 'vitest';
import { type Tenant, useApp } from '../support/harness.ts';
import { phoneLine } from '../support/lines.ts';

const mebibyte = 1024 * 1024;
/** The answer has 50 messages, each with a body of 10,000 characters 24 times. */
const answerBytes = 50 * 24 * 10_000;
const query = `{ conversations { nodes { messages(first: 50) { nodes { ${Array.from({ length: 24 }, (_, index) => `a${index}: body`).join(' ')} } } } } }`;

/** Starts a server. Its clients request the same large answer. */
function useServer(settings: { maxHeldBytes?: number; answerTimeoutMs?: number }) {
  const parley = useApp(settings);
  const sockets = new Set<Socket>();
  let server: Server;
  let tenant: Tenant;
  let port: number;

  beforeAll(async () => {
    tenant = await parley.tenant();
    await parley.importLines(
      tenant,
      Array.from({ length: 50 }, () => phoneLine({ body: 'x'.repeat(10_000) })),
    );
    server = createServer(parley.app.handler).on('upgrade', parley.app.upgrade).listen(0, '127.0.0.1');
    server.on('connection', (socket) => sockets.add(socket.once('close', () => sockets.delete(socket))));
    await once(server, 'listening');
    ({ port } = server.address() as AddressInfo);
  });
  afterAll(() => {
    server.closeAllConnections();
    server.close();
  });

  const send = (head: string, body = '') => {
    const client = connect(port, '127.0.0.1').on('error', () => {});
    client.write(`${head} HTTP/1.1\r\nhost: parley.test\r\nauthorization: Bearer ${tenant.key}\r\n${body === '' ? '\r\n' : body}`);
    return client;
  };
  const json = JSON.stringify({ query });
  const httpRequests = {
    post: async () => send('POST /graphql', `content-type: application/json\r\ncontent-length: ${json.length}\r\n\r\n${json}`),
    get: async () => send(`GET /graphql?query=${encodeURIComponent(query)}`),
  };
  const upgrade =
    'connection: upgrade\r\nupgrade: websocket\r\nsec-websocket-version: 13\r\nsec-websocket-key: AAAAAAAAAAAAAAAAAAAAAA==\r\nsec-websocket-protocol: graphql-transport-ws\r\n\r\n';
  const requests = {
    ...httpRequests,
    /** Opens a WebSocket that reads nothing once its key is accepted. */
    socket: async () => {
      const client = send('GET /graphql', upgrade);
      await until(client, '\r\n\r\n');
      client.write(frame({ type: 'connection_init', payload: { apiKey: tenant.key } }));
      await until(client, 'connection_ack');
      client.write(frame({ id: '1', type: 'subscribe', payload: { query } }));
      return client;
    },
  };
  return {
    parley,
    sockets,
    requests,
    stream: () =>
      send(`GET /graphql?query=${encodeURIComponent('subscription { messageRecorded { cursor } }')}`, 'accept: text/event-stream\r\n\r\n'),
    record: () => parley.importLines(tenant, [phoneLine({})]),
    /** Returns the connections with unread bytes. */
    held: () => [...sockets].filter(({ destroyed, writableLength }) => !destroyed && writableLength > 0),
    /** Resolves once so many disconnected clients were logged. */
    async disconnected(count: number): Promise<void> {
      const lines = () => parley.logged.filter(({ msg }) => /^a client was disconnected/.test(String(msg)));
      while (lines().length < count) await new Promise((resolve) => setImmediate(resolve));
    },
  };
}

/** Returns a client's WebSocket frame, with a mask of zeros. */
function frame(message: object): Buffer {
  const text = Buffer.from(JSON.stringify(message));
  const head = Buffer.from([0x81, 0x80 | 126, 0, 0, 0, 0, 0, 0]);
  head.writeUInt16BE(text.byteLength, 2);
  return Buffer.concat([head, text]);
}

/** Reads until a text has arrived, and nothing after it. */
async function until(client: Socket, text: string): Promise<void> {
  for (let read = ''; !read.includes(text); ) {
    const chunk: Buffer | null = client.read();
    if (chunk === null) await once(client, 'readable');
    else read += chunk.toString('latin1');
  }
}

async function bytesRead(client: Socket, least: number): Promise<number> {
  let bytes = 0;
  for await (const chunk of client) {
    bytes += (chunk as Buffer).byteLength;
    if (bytes >= least) break;
  }
  return bytes;
}

describe('clients that do not read', () => {
  const { parley, requests, held, disconnected } = useServer({ maxHeldBytes: 40 * mebibyte });

  test.each(['post', 'get', 'socket'] as const)('hold at most the limit, and are disconnected in order: %s', async (kind) => {
    const before = held().length;
    const clients = [];
    // In sequence, so that the order is known: each client waits until its answer has begun.
    for (let nth = 0; nth < 8; nth++) {
      const client = await requests[kind]();
      clients.push(client);
      await once(client, 'readable');
      expect(held().length * answerBytes).toBeLessThanOrEqual(40 * mebibyte + answerBytes);
    }
    await disconnected(before + 8 - 3);
    expect(held().length).toBe(3);
    expect(await bytesRead(await requests[kind](), answerBytes)).toBeGreaterThanOrEqual(answerBytes);
  });

  test('do not hold up a stop: a WebSocket that reads nothing is closed', async () => {
    await once(await requests.socket(), 'readable');
    const before = held().length;
    vi.useFakeTimers({ toFake: ['setTimeout', 'clearTimeout'] });
    onTestFinished(() => void vi.useRealTimers());
    parley.app.endStreams();
    vi.advanceTimersByTime(4_000);
    while (held().length === before) await new Promise((resolve) => setImmediate(resolve));
    expect(held().length).toBeLessThan(before);
  });
});

describe('a client that reads nothing for too long', () => {
  const { requests, held, sockets, stream, record, disconnected } = useServer({ answerTimeoutMs: 2_000 });

  test('is disconnected; a stream without events is not', async () => {
    const events = stream().setEncoding('utf8');
    await once(events, 'data');
    for (const kind of ['post', 'socket'] as const) {
      expect(await bytesRead(await requests[kind](), answerBytes)).toBeGreaterThanOrEqual(answerBytes);
      await once(await requests[kind](), 'readable');
    }
    await disconnected(2);
    expect(held().length).toBe(0);
    expect(sockets.size).toBeGreaterThanOrEqual(1);
    await record();
    // If the stream was cut off, the loop ends and the assertion below fails.
    let text = '';
    for await (const chunk of events) {
      text += chunk;
      if (text.includes('messageRecorded')) break;
    }
    expect(text).toContain('messageRecorded');
  });
});

// Two gateways as processes on one database, one of them killed without a chance to end anything.
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import type { App } from '../../src/app.ts';
import { openStream, type Stream } from '../modules/change/stream.ts';
import { copyTemplate } from '../support/database.ts';
import { gateway } from '../support/gateway.ts';
import { newTenant } from '../support/tenants.ts';
import { Writers } from '../support/writers.ts';
import { run } from './start.ts';

const recorded = 'subscription ($after: String) { messageRecorded(after: $after) { cursor message { body } } }';

describe.runIf(process.env.TEST_DATABASE_URL)('two gateways on a server, one killed with SIGKILL', () => {
  let url: string;
  let drop: () => Promise<void>;
  /** Makes the tenant. */
  let app: App;

  beforeAll(async () => {
    const copy = await copyTemplate();
    drop = copy.drop;
    url = 'url' in copy.config ? copy.config.url : '';
    app = await gateway(url);
  });
  afterAll(async () => {
    await app?.close();
    await drop?.();
  });

  async function startGateway() {
    const server = run('src/main.ts', { PORT: '0', LOG_LEVEL: 'silent', DATABASE_URL: url });
    const [, origin = ''] = await server.until('stdout', /GraphiQL +(http:\S+)\/graphql/);
    return { ...server, fetch: (request: Request) => fetch(new Request(new URL(new URL(request.url).pathname, origin), request)) };
  }

  async function takeUntil(stream: Stream, received: string[], count: number): Promise<void> {
    while (received.length < count) received.push((await stream.take()).message.body);
  }

  test('keeps every acknowledged message; streams of the other gateway continue, and clients of the killed one continue there', async () => {
    const tenant = await newTenant(app);
    const [killed, other] = [await startGateway(), await startGateway()];
    const staying = await openStream(other, tenant.key, recorded);
    const moving = await openStream(killed, tenant.key, recorded);
    const writers = new Writers(killed, tenant, 4);
    await writers.more(30);
    const { cursor, message } = await moving.take();
    killed.signal('SIGKILL');
    writers.moveTo(other);
    await killed.exit;
    const moved = await openStream(other, tenant.key, recorded, { after: cursor });
    await writers.more(20);
    await writers.stop();

    const [stayed, resumed]: [string[], string[]] = [[], [message.body]];
    await takeUntil(staying, stayed, writers.acknowledged.length);
    await takeUntil(moved, resumed, writers.acknowledged.length);
    expect(stayed.toSorted()).toEqual(writers.acknowledged.toSorted());
    expect(resumed).toEqual(stayed);
    await staying.close();
    await moved.close();
  });
});

// Events whose notification is lost, or that cannot be read when it arrives. The tests control the gateway's timers, so that each test shows one way to
// find such events.
import { afterEach, beforeEach, describe, expect, test, vi } from 'vitest';
import { type Tenant, useApp } from '../../support/harness.ts';
import { phoneLine } from '../../support/lines.ts';
import { useCutOffGateway } from './cut-off-gateway.ts';
import { openStream } from './stream.ts';

const recorded = 'subscription { messageRecorded { message { body } } }';

describe.runIf(process.env.TEST_DATABASE_URL)('on a server', () => {
  const parley = useApp();
  beforeEach(() => {
    vi.useFakeTimers({ toFake: ['setInterval', 'clearInterval'] });
  });
  afterEach(() => {
    vi.useRealTimers();
  });
  const gateway = useCutOffGateway(parley);

  const write = (tenant: Tenant) => parley.importLines(tenant, [phoneLine({ body: 'news' })]);

  test.each<[string, (tenant: Tenant) => Promise<void>]>([
    [
      'an event that could not be read when its notification arrived is read later',
      async (tenant) => {
        gateway.line.cut('querying');
        await write(tenant);
        await gateway.line.refusals(1);
        gateway.line.restore();
      },
    ],
    [
      'an event that was written while the gateway did not listen is read once it listens again',
      async (tenant) => {
        gateway.line.cut('listening');
        await write(tenant);
        gateway.line.restore();
      },
    ],
    [
      'an event whose notification was lost is read by the next poll',
      async (tenant) => {
        gateway.line.silence('listening');
        await write(tenant);
        vi.advanceTimersByTime(10_000);
      },
    ],
  ])('%s', async (_name, miss) => {
    const tenant = await parley.tenant();
    const stream = await openStream(gateway.app, tenant.key, recorded);
    await miss(tenant);
    expect(await stream.take()).toEqual({ message: { body: 'news' } });
    await stream.close();
  });
});

// Events that a gateway is not told of, or cannot read when it is. What it does by the clock it does when the test says so, so that each way to find them
// is seen alone.
import { afterEach, beforeEach, describe, expect, test, vi } from 'vitest';
import { type Tenant, useApp } from '../../support/harness.ts';
import { phoneLine } from '../../support/lines.ts';
import { useAway } from './away.ts';
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
  const away = useAway(parley);

  const write = (tenant: Tenant) => parley.importLines(tenant, [phoneLine({ body: 'news' })]);

  test.each<[string, (tenant: Tenant) => Promise<void>]>([
    [
      'that could not be read when they were heard of: tried again',
      async (tenant) => {
        away.line.cut('asking');
        await write(tenant);
        await away.line.refusals(1);
        away.line.mend();
      },
    ],
    [
      'that came while nobody listened: read once somebody does again',
      async (tenant) => {
        away.line.cut('listening');
        await write(tenant);
        away.line.mend();
      },
    ],
    [
      'that nobody ever heard of: looked for after a while',
      async (tenant) => {
        away.line.silence('listening');
        await write(tenant);
        vi.advanceTimersByTime(10_000);
      },
    ],
  ])('%s', async (_name, miss) => {
    const tenant = await parley.tenant();
    const stream = await openStream(away.app, tenant.key, recorded);
    await miss(tenant);
    expect(await stream.take()).toEqual({ message: { body: 'news' } });
    await stream.close();
  });
});

import { describe, expect, test } from 'vitest';
import { Line } from '../support/database-line.ts';
import { databaseUrl } from '../support/gateway.ts';
import { useApp } from '../support/harness.ts';
import { run } from './start.ts';

describe.runIf(process.env.TEST_DATABASE_URL)('on a server that answers no more', () => {
  const parley = useApp();

  test('does not hold up a stop', async () => {
    const line = await Line.to(await databaseUrl(parley.app));
    const server = run('src/main.ts', { PORT: '0', DATABASE_URL: line.url });
    const [, origin] = await server.until('stdout', /GraphiQL +(http:\S+)\/graphql/);
    const { key } = await parley.tenant();
    const stream = await fetch(`${origin}/graphql?query=subscription{messageRecorded{cursor}}`, {
      headers: { accept: 'text/event-stream', authorization: `Bearer ${key}` },
    });
    expect(stream.status).toBe(200);
    line.silence('listening', 'querying');
    const request = fetch(`${origin}/ready`).catch(() => null);
    server.signal('SIGTERM');
    expect(await server.exit).toBe(0);
    expect(await stream.text()).toContain('event: complete');
    await request;
    line.close();
  });
});

// An outage fails every request. Its log must stay readable, and say what does not work.
import { pino } from 'pino';
import { describe, expect, onTestFinished, test, vi } from 'vitest';
import { createApp } from '../../src/app.ts';
import { loadConfig } from '../../src/config.ts';
import { Line } from '../support/database-line.ts';
import { databaseUrl } from '../support/gateway.ts';
import { useApp } from '../support/harness.ts';

describe.runIf(process.env.TEST_DATABASE_URL)('on a server that refuses connections', () => {
  const parley = useApp();

  test('500 failed requests leave one line a second, without a stack', async () => {
    const { id } = await parley.tenant();
    const keys = await Promise.all(Array.from({ length: 5 }, () => parley.key(id)));
    const line = await Line.to(await databaseUrl(parley.app));
    const logged: string[] = [];
    const app = await createApp(loadConfig({ DATABASE_URL: line.url }), pino({}, { write: (text) => void logged.push(text) }));
    onTestFinished(async () => {
      await app.close();
      line.close();
    });
    const ask = (key: string) =>
      app.fetch(new Request('http://parley.test/agentmessage/v1/conversations', { headers: { authorization: `Bearer ${key}` } }));
    line.cut('listening', 'querying');
    logged.length = 0;
    // The second stands still.
    vi.useFakeTimers({ toFake: ['setTimeout', 'clearTimeout'] });
    onTestFinished(() => void vi.useRealTimers());
    for (let round = 0; round < 100; round++) {
      const answers = await Promise.all(keys.map(ask));
      expect(answers.map(({ status, headers }) => [status, headers.get('retry-after')])).toEqual(Array(5).fill([503, '1']));
    }
    const lines = () => logged.map((text) => JSON.parse(text)).filter(({ reason }) => reason === 'the database does not answer');
    expect(lines()).toMatchObject([{ level: 50, failures: 1, requestId: expect.any(String) }]);
    vi.advanceTimersByTime(1_000);
    expect(lines().map(({ failures }) => failures)).toEqual([1, 499]);
    await ask(keys[0] ?? '');
    vi.advanceTimersByTime(1_000);
    expect(lines().map(({ failures }) => failures)).toEqual([1, 499, 1]);
    expect(logged.join('')).not.toContain('stack');
  });
});

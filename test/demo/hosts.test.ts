// While the demo is served, a page whose name points to this machine (DNS rebinding) can read nothing, though the demo's keys are public.
import { expect, test } from 'vitest';
import { useDemo } from './use-demo.ts';

const demo = useDemo();
const ask = (url: string, headers: Record<string, string> = {}) => demo.fetch(url, { headers });

test.each(['http://localhost:4000', 'http://127.0.0.1', 'http://127.1.2.3:81', 'http://[::1]:4000', 'http://LOCALHOST'])(
  'serves %s, which is this machine',
  async (origin) => {
    for (const path of ['/', '/graphql', '/ziik/conversations']) {
      const { status } = await ask(
        origin + path,
        path === '/graphql' ? { accept: 'text/html' } : { authorization: 'Bearer zk_live_demo000000000000000000000000000' },
      );
      expect([path, status]).toEqual([path, 200]);
    }
  },
);

test.each([
  'http://evil.example',
  'http://localhost.evil.example',
  'http://127.0.0.1.evil.example',
  'http://10.0.0.1:4000',
  'http://0.0.0.0:4000',
])('refuses %s except for health', async (origin) => {
  for (const path of ['/', '/graphql', '/schema.graphql', '/v1/conversations', '/ziik/openapi.json']) {
    const answer = await ask(origin + path, { accept: '*/*' });
    expect([path, answer.status]).toEqual([path, 421]);
    expect(await answer.text()).not.toContain('live_demo');
  }
  expect((await ask(`${origin}/health`)).status).toBe(200);
  expect((await ask(`${origin}/ready`)).status).toBe(200);
});

test('checks the Host header as well as the target', async () => {
  expect((await ask('http://localhost/', { host: 'evil.example' })).status).toBe(421);
});

test('gives the keys of the demo an unlimited budget', async () => {
  const answer = await ask('http://localhost/v1/conversations', { authorization: 'Bearer am_live_demoreadonly0000000000000000000' });
  expect([answer.status, answer.headers.get('ratelimit-limit')]).toEqual([200, null]);
});

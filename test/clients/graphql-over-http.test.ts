// GraphQL over HTTP by its specification: the audits of graphql-http (what its `auditServer` runs), over a real port with a key.
import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import { serverAudits } from 'graphql-http';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { useApp } from '../support/harness.ts';

const parley = useApp();
const server = createServer((request, response) => parley.app.handler(request, response));
let key: string;
let url: string;

beforeAll(async () => {
  ({ key } = await parley.tenant());
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  url = `http://127.0.0.1:${(server.address() as AddressInfo).port}/graphql`;
});
afterAll(() => {
  server.closeAllConnections();
  server.close();
});

const audits = serverAudits({
  url: () => url,
  fetchFn: (address: string, { headers, ...init }: RequestInit = {}) => {
    const withKey = new Headers(headers);
    withKey.set('authorization', `Bearer ${key}`);
    return fetch(address, { ...init, headers: withKey });
  },
});

test('there are audits', () => expect(audits.length).toBeGreaterThan(60));

// Recommendations (SHOULD, MAY) too: none is left unfollowed, so a new warning fails.
test.each(audits.map(({ id, name, fn }) => [id, name, fn] as const))('%s %s', async (_id, _name, fn) => {
  const result = await fn();
  expect(result.status === 'ok' ? '' : `${result.status}: ${result.reason}`).toBe('');
});

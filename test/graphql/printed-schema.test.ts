import { mkdtemp, readFile, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { buildSchema } from 'graphql';
import { beforeAll, expect, onTestFinished, test } from 'vitest';
import { createApp } from '../../src/app.ts';
import { loadConfig } from '../../src/config.ts';
import { type Tenant, useApp } from '../support/harness.ts';

const parley = useApp();
let tenant: Tenant;

beforeAll(async () => {
  tenant = await parley.tenant();
});

test('serves the schema of the repository to any key', async () => {
  const { id } = await parley.tenant();
  const response = await parley.fetch('/schema.graphql', await parley.key(id, ['apikeys:write']));
  expect(response.status).toBe(200);
  expect(response.headers.get('content-type')).toBe('text/plain; charset=utf-8');
  const text = await response.text();
  expect(text).toBe(await readFile('src/graphql/schema.graphql', 'utf8'));
  expect(buildSchema(text).getQueryType()?.name).toBe('Query');
});

test('answers 304 to a client that has the schema', async () => {
  const { headers } = await parley.fetch('/schema.graphql', tenant.key);
  const etag = headers.get('etag') ?? '';
  expect(etag).toMatch(/^"[\w-]{22}"$/);
  for (const known of [etag, `W/${etag}`, `"other", ${etag}`, '*']) {
    const response = await parley.fetch('/schema.graphql', tenant.key, { headers: { 'if-none-match': known } });
    expect(response.status).toBe(304);
    expect(await response.text()).toBe('');
    expect(response.headers.get('etag')).toBe(etag);
  }
  expect((await parley.fetch('/schema.graphql', tenant.key, { headers: { 'if-none-match': '"other"' } })).status).toBe(200);
});

test('refuses a request without a key or with another method', async () => {
  const refused = await parley.fetch('/schema.graphql', null);
  expect(refused.status).toBe(401);
  expect(refused.headers.get('www-authenticate')).toBe('Bearer');
  expect(await refused.json()).toMatchObject({ errors: [{ extensions: { code: 'UNAUTHENTICATED' } }] });
  const posted = await parley.fetch('/schema.graphql', tenant.key, { method: 'POST' });
  expect(posted.status).toBe(405);
  expect(posted.headers.get('allow')).toBe('GET, HEAD');
  const head = await parley.fetch('/schema.graphql', tenant.key, { method: 'HEAD' });
  expect([head.status, await head.text()]).toEqual([200, '']);
});

test('needs no key while the demo is served', async () => {
  const dataDir = await mkdtemp(join(tmpdir(), 'parley-schema-'));
  const app = await createApp(loadConfig({ DATA_DIR: dataDir, LOG_LEVEL: 'silent' }));
  onTestFinished(async () => {
    await app.close();
    await rm(dataDir, { recursive: true });
  });
  const response = await app.fetch(new Request('http://localhost/schema.graphql'));
  expect(response.status).toBe(200);
  expect(await response.text()).toMatch(/^type Query /m);
});

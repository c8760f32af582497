// Incomplete bodies take a limited part of memory, and of it each organization a limited share.
import { once } from 'node:events';
import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import { expect, onTestFinished, test } from 'vitest';
import { type Tenant, useApp } from '../support/harness.ts';
import { phoneLine } from '../support/lines.ts';

const parley = useApp();
const chunk = Buffer.alloc(1024 * 1024, ' ');
const chunksPerBody = 4;
/** The most incomplete bodies of an organization, and the most organizations with so many. */
const maxBodies = 16;
const maxOrganizations = 4;

const operation = { path: '/graphql', method: 'POST', body: '{"query":"{ viewer { name } }"}' };

/** Returns a body of 4 MiB that ends when `finish` is called. */
function unfinished() {
  const end = Promise.withResolvers<void>();
  const taken = Promise.withResolvers<void>();
  let chunks = 0;
  const body = new ReadableStream<Uint8Array>(
    {
      async pull(controller) {
        if (chunks < chunksPerBody) {
          chunks += 1;
          controller.enqueue(chunk);
          return;
        }
        taken.resolve();
        await end.promise;
        controller.close();
      },
    },
    { highWaterMark: 0 },
  );
  return { body, taken: taken.promise, finish: () => end.resolve() };
}

function send({ key }: Tenant, { path, method, body }: { path: string; method: string; body: BodyInit }): Promise<Response> {
  return parley.fetch(path, key, { method, headers: { 'content-type': 'application/json' }, body, duplex: 'half' } as RequestInit);
}

/** Fills an organization's share with incomplete bodies. @returns a function that completes them */
async function fill(tenant: Tenant, path: string, method: string): Promise<() => Promise<void>> {
  const bodies = Array.from({ length: maxBodies }, unfinished);
  const answers = bodies.map(({ body }) => send(tenant, { path, method, body }));
  await Promise.all(bodies.map(({ taken }) => taken));
  return async () => {
    for (const { finish } of bodies) finish();
    for (const { status } of await Promise.all(answers)) expect([400, 422]).toContain(status);
  };
}

async function withConversation(): Promise<{ tenant: Tenant; path: string }> {
  const tenant = await parley.tenant();
  await parley.importLines(tenant, [phoneLine({})]);
  const list = '/agentphone/v1/conversations';
  const { data } = await (await parley.fetch(list, tenant.key)).json();
  return { tenant, path: `${list}/${data[0].id}` };
}

test('refuses an organization that holds its share, over GraphQL and REST, and answers others', async () => {
  const { tenant, path } = await withConversation();
  const other = await parley.tenant();
  const rest = { path, method: 'PATCH', body: '{"metadata":{}}' };
  for (const [way, method] of [
    ['/graphql', 'POST'],
    [path, 'PATCH'],
  ] as const) {
    const complete = await fill(tenant, way, method);
    for (const request of [operation, rest]) {
      const refused = await send(tenant, request);
      expect([refused.status, refused.headers.get('retry-after')]).toEqual([503, expect.stringMatching(/^[1-9]\d*$/)]);
      await refused.body?.cancel();
    }
    expect((await send(other, operation)).status).toBe(200);
    await complete();
    expect((await send(tenant, operation)).status).toBe(200);
    expect((await send(tenant, rest)).status).toBe(200);
  }
});

test('limits all organizations together to 256 MiB', async () => {
  const tenants = await Promise.all(Array.from({ length: maxOrganizations }, () => parley.tenant()));
  const last = await parley.tenant();
  const complete = await Promise.all(tenants.map((tenant) => fill(tenant, '/graphql', 'POST')));
  expect((await send(last, operation)).status).toBe(503);
  await complete[0]?.();
  expect((await send(last, operation)).status).toBe(200);
  for (const each of complete.slice(1)) await each();
});

test('counts a request that Yoga reads itself until its body is complete', async () => {
  const server = createServer(parley.app.handler).listen(0, '127.0.0.1');
  onTestFinished(() => void server.close());
  await once(server, 'listening');
  const tenant = await parley.tenant();
  const origin = `http://127.0.0.1:${(server.address() as AddressInfo).port}`;
  const ask = () =>
    fetch(`${origin}/graphql`, {
      method: 'POST',
      headers: { authorization: `Bearer ${tenant.key}`, 'content-type': 'application/json' },
      body: operation.body,
    });
  const complete = await fill(tenant, '/graphql', 'POST');
  const refused = await ask();
  expect([refused.status, refused.headers.get('retry-after')]).toEqual([503, expect.stringMatching(/^[1-9]\d*$/)]);
  await refused.body?.cancel();
  await complete();
  for (let request = 0; request < 3; request++) expect(await (await ask()).json()).toMatchObject({ data: { viewer: { name: 'test' } } });
  // All of the share is free again.
  await (await fill(tenant, '/graphql', 'POST'))();
});

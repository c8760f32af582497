import { once } from 'node:events';
import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import { beforeAll, expect, onTestFinished, test } from 'vitest';
import { openStream } from '../modules/change/stream.ts';
import { type Tenant, useApp } from '../support/harness.ts';
import { phoneLine } from '../support/lines.ts';

const parley = useApp({ metrics: { host: '127.0.0.1', port: 0 } });
let tenant: Tenant;

beforeAll(async () => {
  tenant = await parley.tenant();
  await parley.importLines(tenant, [phoneLine({})]);
});

/** Requests the port of metrics. */
async function ask(path: string, method = 'GET') {
  const server = createServer(parley.app.metrics ?? undefined).listen(0, '127.0.0.1');
  onTestFinished(() => void server.close());
  await once(server, 'listening');
  return fetch(`http://127.0.0.1:${(server.address() as AddressInfo).port}${path}`, { method });
}

/** Returns the samples of one metric: their labels as text, and their values. */
async function samples(name: string): Promise<Record<string, number>> {
  const text = await (await ask('/metrics')).text();
  const lines = text.split('\n').filter((line) => line.startsWith(`${name}{`) || line.startsWith(`${name} `));
  return Object.fromEntries(
    lines.map((line) => [line.slice(name.length, line.lastIndexOf(' ')), Number(line.slice(line.lastIndexOf(' ')))]),
  );
}

test('counts requests by surface, route and status, with their times, costs and statements', async () => {
  await parley.graphql(tenant.key, '{ conversations(first: 5) { nodes { id } } }');
  await parley.graphql(tenant.key, '{ nothing }');
  await parley.graphql('am_live_00000000000000000000000000000', '{ viewer { name } }');
  for (const path of ['/agentmessage/v1/conversations', '/agentmessage/v1/conversations?limit=x', '/agentmessage/v1/other'])
    await parley.fetch(path, tenant.key);
  expect(await samples('parley_requests_total')).toEqual({
    '{surface="graphql",route="/graphql",method="POST",status="200"}': 2,
    '{surface="graphql",route="/graphql",method="POST",status="401"}': 1,
    '{surface="agentmessage",route="/v1/conversations",method="GET",status="200"}': 1,
    '{surface="agentmessage",route="/v1/conversations",method="GET",status="422"}': 1,
    '{surface="agentmessage",route="none",method="GET",status="404"}': 1,
  });
  expect(await samples('parley_failures_total')).toEqual({
    '{surface="graphql",code="GRAPHQL_VALIDATION_FAILED"}': 1,
    '{surface="graphql",code="UNAUTHENTICATED"}': 1,
    '{surface="agentmessage",code="malformed"}': 1,
    '{surface="agentmessage",code="notFound"}': 1,
  });
  const routes = { graphql: '{surface="graphql",route="/graphql"}', rest: '{surface="agentmessage",route="/v1/conversations"}' };
  expect(await samples('parley_request_duration_seconds_count')).toMatchObject({ [routes.graphql]: 3, [routes.rest]: 2 });
  expect(await samples('parley_request_database_seconds_count')).toEqual({ [routes.graphql]: 1, [routes.rest]: 1 });
  expect((await samples('parley_operation_price_sum'))[routes.graphql]).toBeGreaterThanOrEqual(6);
  expect((await samples('parley_statements_total'))['{surface="graphql"}']).toBeGreaterThanOrEqual(1);
});

test('shows open streams, the lag of events, and the program', async () => {
  expect(await samples('parley_open_streams')).toEqual({ '': 0 });
  expect(await samples('parley_event_lag_seconds')).toEqual({});
  const stream = await openStream(parley.app, tenant.key, 'subscription { messageRecorded { message { id } } }');
  expect(await samples('parley_open_streams')).toEqual({ '': 1 });
  await parley.importLines(tenant, [phoneLine({})]);
  await stream.next();
  const { '': lag } = await samples('parley_event_lag_seconds');
  expect(lag).toBeGreaterThanOrEqual(0);
  expect(lag).toBeLessThan(60);
  const kind = parley.app.database.kind;
  expect(await samples('parley_build_info')).toEqual({ [`{version="0.1.0",node="${process.versions.node}",database="${kind}"}`]: 1 });
  const pool = await samples('parley_pool_connections');
  expect(Object.keys(pool)).toEqual(kind === 'postgres' ? ['{state="in_use"}', '{state="free"}'] : []);
  expect(await samples('parley_pool_waiting')).toEqual(kind === 'postgres' ? { '': 0 } : {});
  expect(Object.keys(await samples('process_resident_memory_bytes'))).toEqual(['']);
});

test('shows the instant of the last failure of the gateway itself', async () => {
  expect(await samples('parley_last_error_timestamp_seconds')).toEqual({});
  await parley.app.database.query({ label: 'test_break', text: 'alter table agents rename to agents_away' });
  await parley.graphql(tenant.key, '{ conversations { nodes { participants { nodes { name } } } } }');
  await parley.app.database.query({ label: 'test_fix', text: 'alter table agents_away rename to agents' });
  const { '{code="INTERNAL"}': at = 0 } = await samples('parley_last_error_timestamp_seconds');
  expect(Math.abs(Date.now() / 1_000 - at)).toBeLessThan(600);
});

test('serves metrics at /metrics of its port alone', async () => {
  expect((await ask('/metrics')).headers.get('content-type')).toMatch(/^text\/plain; version=0\.0\.4/);
  expect((await ask('/metrics', 'HEAD')).status).toBe(200);
  for (const path of ['/', '/metric', '/graphql']) expect((await ask(path)).status).toBe(404);
  expect((await ask('/metrics', 'POST')).status).toBe(404);
  expect((await parley.fetch('/metrics', tenant.key)).status).toBe(404);
});

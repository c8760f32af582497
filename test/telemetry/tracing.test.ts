import { randomUUID } from 'node:crypto';
import { once } from 'node:events';
import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import { text } from 'node:stream/consumers';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { type Tenant, useApp } from '../support/harness.ts';
import { phoneLine } from '../support/lines.ts';

interface ExportedSpan {
  traceId: string;
  spanId: string;
  parentSpanId?: string;
  name: string;
  kind: number;
  startTimeUnixNano: string;
  endTimeUnixNano: string;
  attributes: { key: string; value: { stringValue?: string; intValue?: number } }[];
}

/** Receives spans as a collector does. */
const bodies: string[] = [];
let refuses = false;
const receiver = createServer(async (request, response) => {
  bodies.push(await text(request));
  response.writeHead(refuses ? 400 : 200, { 'content-type': 'application/json' }).end('{}');
}).listen(0, '127.0.0.1');
await once(receiver, 'listening');
afterAll(() => void receiver.close());

const parley = useApp({ otlpEndpoint: `http://127.0.0.1:${(receiver.address() as AddressInfo).port}` });
const canary = `CANARY${randomUUID().slice(0, 8)}`;
let tenant: Tenant;

beforeAll(async () => {
  tenant = await parley.tenant();
  await parley.importLines(tenant, [phoneLine({ body: canary })]);
});

/** Sends a request below a span of the caller. @returns its spans, once they were exported, by name */
async function spansOf(path: string, init: RequestInit): Promise<Map<string, ExportedSpan>> {
  const traceId = randomUUID().replaceAll('-', '');
  const traceparent = `00-${traceId}-00f067aa0ba902b7-01`;
  const response = await parley.fetch(path, tenant.key, { ...init, headers: { ...init.headers, traceparent } });
  expect(await response.text()).toContain(canary);
  const spans = () =>
    bodies
      .flatMap((body) => JSON.parse(body).resourceSpans)
      .flatMap(({ scopeSpans }) => scopeSpans)
      .flatMap((scope) => scope.spans as ExportedSpan[])
      .filter((span) => span.traceId === traceId);
  await expect.poll(() => spans().some(({ parentSpanId }) => parentSpanId === '00f067aa0ba902b7'), { timeout: 20_000 }).toBe(true);
  return new Map(spans().map((span) => [span.name, span]));
}

const attributesOf = (span?: ExportedSpan) =>
  Object.fromEntries((span?.attributes ?? []).map(({ key, value }) => [key, value.stringValue ?? value.intValue]));

test('exports the spans of an operation below the span of its caller: phases, execution, statements', async () => {
  const query = 'query Thread { conversations { nodes { messages { nodes { body } } } } }';
  const init = { method: 'POST', headers: { 'content-type': 'application/json' }, body: JSON.stringify({ query }) };
  const spans = await spansOf('/graphql', init);
  const request = spans.get('Thread');
  expect(attributesOf(request)).toMatchObject({
    'http.request.method': 'POST',
    'http.route': '/graphql',
    'http.response.status_code': 200,
    'graphql.operation.name': 'Thread',
    'parley.organization.id': tenant.id,
  });
  for (const phase of ['parse', 'validate', 'execute']) expect(spans.get(phase)?.parentSpanId, phase).toBe(request?.spanId);
  const execution = spans.get('execute');
  const statements = [...spans.values()].filter(({ parentSpanId }) => parentSpanId === execution?.spanId);
  expect(statements.map(({ name }) => name).sort()).toEqual(['conversations', 'messages']);
  for (const { startTimeUnixNano, endTimeUnixNano } of statements) {
    expect(BigInt(startTimeUnixNano)).toBeGreaterThanOrEqual(BigInt(execution?.startTimeUnixNano ?? 0));
    // A span begins at a whole millisecond of the wall clock and measures its time with a finer one.
    expect(BigInt(endTimeUnixNano)).toBeLessThanOrEqual(BigInt(execution?.endTimeUnixNano ?? 0) + 1_000_000n);
  }
});

test('exports the spans of a REST request, whose operation runs in the gateway', async () => {
  const spans = await spansOf('/agentmessage/v1/conversations', {});
  const request = [...spans.values()].find(({ parentSpanId }) => parentSpanId === '00f067aa0ba902b7');
  expect(attributesOf(request)).toMatchObject({ 'http.route': '/v1/conversations', 'parley.surface': 'agentmessage' });
  expect(spans.get('execute')?.parentSpanId).toBe(request?.spanId);
});

test('exports no content, no variables and no keys', async () => {
  const query = `query Find($text: String!) { searchMessages(query: $text) { nodes { body } } own: searchMessages(query: "${canary}") { nodes { body } } }`;
  const body = JSON.stringify({ query, variables: { text: canary } });
  await spansOf('/graphql', { method: 'POST', headers: { 'content-type': 'application/json' }, body });
  expect(bodies.join('')).not.toContain(canary);
  expect(bodies.join('')).not.toContain(tenant.key.slice(8));
});

test('logs that the receiver did not take spans, without its address', async () => {
  refuses = true;
  const body = JSON.stringify({ query: '{ viewer { name } }' });
  await parley.fetch('/graphql', tenant.key, { method: 'POST', headers: { 'content-type': 'application/json' }, body });
  const warnings = () => parley.logged.filter(({ msg }) => msg === 'the receiver of traces did not take spans');
  await expect.poll(warnings, { timeout: 20_000 }).toMatchObject([{ level: 40, spans: expect.any(Number) }]);
  expect(JSON.stringify(warnings())).not.toContain('127.0.0.1');
});

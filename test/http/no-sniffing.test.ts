// Every answer forbids browsers to guess its type. For answers to unreadable requests see test/main/unreadable.test.ts.
import { beforeAll, expect, test } from 'vitest';
import { type Tenant, useApp } from '../support/harness.ts';
import { useServer } from '../support/server.ts';

const parley = useApp({ corsOrigins: ['https://app.example.com'] });
const server = useServer(parley);
let tenant: Tenant;

beforeAll(async () => {
  tenant = await parley.tenant();
});

const operation = (query: string) => ({ method: 'POST', body: JSON.stringify({ query }), headers: { 'content-type': 'application/json' } });
const subscription = operation('subscription { messageRecorded { cursor } }');

test.each<[status: number, path: string, init: RequestInit & { headers?: Record<string, string> }]>([
  [200, '/', {}],
  [200, '/health', {}],
  [200, '/ready', {}],
  [200, '/graphql', { headers: { accept: 'text/html' } }],
  [200, '/graphql', operation('{ viewer { name } }')],
  [200, '/graphql?query=%7B__typename%7D', {}],
  [200, '/graphql', { ...subscription, headers: { ...subscription.headers, accept: 'text/event-stream' } }],
  [400, '/graphql', { ...operation('{'), headers: { 'content-type': 'application/json', accept: 'application/graphql-response+json' } }],
  [405, '/graphql', { method: 'DELETE' }],
  [415, '/graphql', { method: 'POST', body: 'x' }],
  [406, '/graphql', { ...operation('{ __typename }'), headers: { 'content-type': 'application/json', accept: 'image/png' } }],
  [204, '/graphql', { method: 'OPTIONS', headers: { origin: 'https://app.example.com', 'access-control-request-method': 'POST' } }],
  [204, '/v1/x', { method: 'OPTIONS', headers: { origin: 'https://evil.example', 'access-control-request-method': 'POST' } }],
  [200, '/schema.graphql', {}],
  [200, '/agentmessage/v1/conversations', {}],
  [200, '/agentmessage/v1/conversations', { method: 'HEAD' }],
  [200, '/agentphone/openapi.json', {}],
  [405, '/ziik/conversations', { method: 'POST' }],
  [404, '/nothing', {}],
  [422, '/ziik/conversations?limit=0', {}],
  [401, '/agentphone/v1/conversations', { headers: { authorization: 'Bearer x' } }],
])('%i %s %j', async (status, path, init) => {
  const hangUp = new AbortController();
  const headers = { authorization: `Bearer ${tenant.key}`, ...init.headers };
  const answer = await fetch(server.origin + path, { ...init, headers, signal: hangUp.signal });
  expect([answer.status, answer.headers.get('x-content-type-options')]).toEqual([status, 'nosniff']);
  hangUp.abort();
});

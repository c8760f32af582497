// A refused change is not stored. A change that was stored and cannot be read back is answered 503 with Retry-After, and repeating the request is harmless.
import { beforeEach, expect, test } from 'vitest';
import { type Tenant, useApp } from '../../support/harness.ts';
import { chatLine, phoneLine } from '../../support/lines.ts';
import { stored } from '../../support/stored.ts';
import { client, failure, json } from './client.ts';

const parley = useApp();
const agentphone = client(parley);
let tenant: Tenant;
let id: string;

beforeEach(async () => {
  tenant = await parley.tenant();
  await parley.importLines(tenant, [phoneLine({ body: 'Hello' }), chatLine({})]);
  id = await agentphone.latest(tenant);
});

const metadata = { was: 'written' };
const image_url = 'https://images.test/a';
const tooLarge = { method: 'PATCH', ...json({ metadata, padding: 'x'.repeat(5 * 1024 * 1024) }) };

const refused: [name: string, status: number, path: string, init: RequestInit, scopes?: 'read' | 'write'][] = [
  ['no object', 422, '', { method: 'PATCH', ...json([{ metadata }]) }],
  ['one bad key beside a good one', 422, '', { method: 'PATCH', ...json({ metadata, group_name: 7 }) }],
  ['metadata too large', 422, '', { method: 'PATCH', ...json({ metadata: { ...metadata, text: 'x'.repeat(17_000) } }) }],
  ['a body too large', 413, '', tooLarge],
  ['a key that may only read', 403, '', { method: 'PATCH', ...json({ metadata }) }, 'read'],
  ['a key that may only write, since the answer shows messages', 403, '', { method: 'PATCH', ...json({ metadata }) }, 'write'],
  ['a slice that is not modelled', 403, '', { method: 'PATCH', ...patched({ 'x-sub-account-id': 'a' }) }],
  ['a background that is no link', 422, '/background', { method: 'POST', ...json({ image_url: 'http://images.test/a' }) }],
  ['a background by a key that may only read', 403, '/background', { method: 'POST', ...json({ image_url }) }, 'read'],
  ['removing a background by a key that may only read', 403, '/background', { method: 'DELETE' }, 'read'],
  ['typing by a key that may only read', 403, '/typing', { method: 'POST' }, 'read'],
];

function patched(headers: Record<string, string>): RequestInit {
  return { body: JSON.stringify({ metadata }), headers: { 'content-type': 'application/json', ...headers } };
}

test.each(refused)('%s: %d, and nothing is stored', async (_name, status, path, init, scopes) => {
  const key = scopes ? await parley.key(tenant.id, [`conversations:${scopes}`]) : tenant.key;
  const before = await stored(parley.app.database, tenant.id);
  expect((await parley.fetch(`/agentphone/v1/conversations/${id}${path}`, key, init)).status).toBe(status);
  expect(await stored(parley.app.database, tenant.id)).toEqual(before);
});

test('answers 404 for a workplace chat on every writing route, and stores nothing', async () => {
  const query = '{ conversations(filter: { types: [GROUP] }) { nodes { id } } }';
  const chat = `conv_${(await parley.graphql(tenant.key, query)).data.conversations.nodes[0].id}`;
  const before = await stored(parley.app.database, tenant.id);
  for (const [path, init] of writes()) {
    expect((await parley.fetch(`/agentphone/v1/conversations/${chat}${path}`, tenant.key, init)).status).toBe(404);
  }
  expect(await stored(parley.app.database, tenant.id)).toEqual(before);
});

/** Every writing route, and a table or view that only its answer reads, not its change. */
function writes(): [path: string, init: RequestInit, read: string][] {
  return [
    ['', { method: 'PATCH', ...json({ metadata }) }, 'table reactions'],
    ['/typing', { method: 'POST' }, 'view visible_messages'],
    ['/background', { method: 'POST', ...json({ image_url }) }, 'view visible_messages'],
    // Its answer has no body, so it reads nothing.
    ['/background', { method: 'DELETE' }, ''],
  ];
}

test.each(writes().filter(([, , read]) => read !== ''))('%s %j: done, not readable, repeated', async (path, init, read) => {
  const ask = () => agentphone.refusal(`/agentphone/v1/conversations/${id}${path}`, tenant.key, init);
  const away = (text: string) => parley.app.database.query({ label: 'rename', text: `alter ${text}` });
  const [kind, name] = read.split(' ');
  await away(`${kind} ${name} rename to away`);
  const lost = await ask().finally(() => away(`${kind} away rename to ${name}`));
  expect([lost.status, lost.body]).toEqual([503, failure('SERVICE_UNAVAILABLE', 'api_error')]);
  expect(lost.headers.get('retry-after')).toBe('1');
  const once = await stored(parley.app.database, tenant.id);
  expect((await ask()).status).toBe(200);
  expect(await stored(parley.app.database, tenant.id)).toEqual(once);
});

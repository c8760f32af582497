import fc from 'fast-check';
import { beforeEach, describe, expect, test } from 'vitest';
import { type Tenant, useApp } from '../../support/harness.ts';
import { chatLine, phoneLine } from '../../support/lines.ts';
import { client, failure, json } from './client.ts';

const parley = useApp();
const agentphone = client(parley);
let tenant: Tenant;
let id: string;

beforeEach(async () => {
  tenant = await parley.tenant();
  await parley.importLines(tenant, [phoneLine({ createdAt: '2026-01-02T00:00:00Z' }), phoneLine({ channel: 'imessage' })]);
  id = await agentphone.latest(tenant);
});

const stored = async () => (await agentphone.conversation(tenant.key, id)).metadata;

describe('metadata', () => {
  test('replaces the stored metadata; null clears it; absent leaves it unchanged', async () => {
    const changed = await agentphone.update(tenant.key, id, { metadata: { a: 1, b: { c: [true, null, 'é👍'] } } });
    expect(changed).toEqual(await agentphone.conversation(tenant.key, id));
    expect(changed.metadata).toEqual({ a: 1, b: { c: [true, null, 'é👍'] } });
    expect((await agentphone.update(tenant.key, id, { metadata: { d: 2 } })).metadata).toEqual({ d: 2 });
    for (const body of [{}, { group_name: 'Us' }, { group_name: null }, { unknown: '\0' }]) {
      expect((await agentphone.update(tenant.key, id, body)).metadata).toEqual({ d: 2 });
    }
    expect((await agentphone.update(tenant.key, id, { metadata: null, group_name: 'Us' })).metadata).toBeNull();
    expect((await agentphone.update(tenant.key, id, { metadata: {} })).metadata).toEqual({});
  });

  test('returns equal metadata, key for key', async () => {
    const text = fc.string({ unit: 'grapheme', maxLength: 8 }).filter((given) => given.isWellFormed() && !given.includes('\0'));
    const leaf = fc.oneof(text, fc.integer(), fc.double({ noNaN: true, noDefaultInfinity: true, max: 1e15, min: -1e15 }), fc.boolean());
    const object = fc.dictionary(text, fc.oneof(leaf, fc.constant(null), fc.array(leaf), fc.dictionary(text, leaf)), { maxKeys: 5 });
    await fc.assert(
      fc.asyncProperty(object, async (metadata) => {
        const sent = JSON.parse(JSON.stringify(metadata));
        expect((await agentphone.update(tenant.key, id, { metadata: sent })).metadata).toEqual(sent);
        expect(await stored()).toEqual(sent);
      }),
      { numRuns: 40 },
    );
  });

  test('returns keys in the documented order: shorter ones first, then by their bytes', async () => {
    const sent = { zebra: 1, é: 2, b: { zz: [{ y: 1, x: 2 }], a: null }, a: 'text', Z: 4.5, aa: false };
    const { metadata } = await agentphone.update(tenant.key, id, { metadata: sent });
    expect(metadata).toEqual(sent);
    expect(Object.keys(metadata ?? {})).toEqual(['Z', 'a', 'b', 'aa', 'é', 'zebra']);
    const { data } = await parley.graphql(tenant.key, '{ conversations { nodes { metadata } } }');
    expect(data.conversations.nodes).toEqual([{ metadata: sent }]);
  });

  test.each(['9007199254740992', '-9007199254740992', '1e400'])('refuses the number %s, and stores nothing', async (number) => {
    const headers = { 'content-type': 'application/json' };
    const body = `{"metadata":{"a":{"b":[${number}]}}}`;
    const { status } = await agentphone.refusal(`/agentphone/v1/conversations/${id}`, tenant.key, { method: 'PATCH', body, headers });
    expect([status, await stored()]).toEqual([422, null]);
    const edge = { most: Number.MAX_SAFE_INTEGER, least: Number.MIN_SAFE_INTEGER };
    expect((await agentphone.update(tenant.key, id, { metadata: edge })).metadata).toEqual(edge);
  });

  test('accepts a key called __proto__', async () => {
    const body = '{"metadata":{"__proto__":{"a":1},"constructor":2}}';
    const headers = { 'content-type': 'application/json; charset=utf-8' };
    const response = await parley.fetch(`/agentphone/v1/conversations/${id}`, tenant.key, { method: 'PATCH', body, headers });
    expect(await response.text()).toContain('"metadata":{"__proto__":{"a":1},"constructor":2}');
  });

  test('accepts up to 16 KiB and eight levels', async () => {
    const nested = (levels: number): object => (levels === 1 ? {} : { a: nested(levels - 1) });
    const sized = (bytes: number) => ({ a: 'x'.repeat(bytes - '{"a":""}'.length) });
    for (const metadata of [nested(8), sized(16_384)])
      expect((await agentphone.update(tenant.key, id, { metadata })).metadata).toEqual(metadata);
    for (const metadata of [nested(9), sized(16_385), nested(1_000), { a: 'é'.repeat(8_190) }]) {
      const { status } = await agentphone.refusal(`/agentphone/v1/conversations/${id}`, tenant.key, {
        method: 'PATCH',
        ...json({ metadata }),
      });
      expect(status).toBe(422);
    }
    expect(await stored()).toEqual(sized(16_384));
  });
});

describe('background', () => {
  const first = 'https://example.com/wallpaper.jpg';

  test('setting it twice changes it once; another image is the next version; removing it twice removes it', async () => {
    const set = await agentphone.setBackground(tenant.key, id, first);
    expect(set).toMatchObject({ hasBackground: true, backgroundVersion: 1, changed: true });
    expect(await agentphone.setBackground(tenant.key, id, first)).toEqual({ ...set, changed: false });
    const other = await agentphone.setBackground(tenant.key, id, 'https://example.com/other.png');
    expect(other).toMatchObject({ backgroundVersion: 2, changed: true });
    expect(other.backgroundId).not.toBe(set.backgroundId);
    for (let time = 0; time < 2; time++) {
      const removed = await agentphone.removeBackground(tenant.key, id);
      expect([removed.status, await removed.text()]).toEqual([204, '']);
      expect(removed.headers.get('x-request-id')).toMatch(/^\w{26}$/);
      expect(removed.headers.get('cache-control')).toBe('private, no-store');
    }
    expect(await agentphone.setBackground(tenant.key, id, first)).toMatchObject({ backgroundVersion: 3, changed: true });
  });
});

test('ignores the body of a typing indicator, and stores nothing', async () => {
  const before = await agentphone.conversation(tenant.key, id);
  for (const init of [{}, { body: 'x' }, json({ text: 'x' })]) {
    const response = await parley.fetch(`/agentphone/v1/conversations/${id}/typing`, tenant.key, { method: 'POST', ...init });
    expect(await response.json()).toEqual({ conversationId: id, channel: 'sms', status: 'typing indicator sent' });
  }
  expect(await agentphone.conversation(tenant.key, id)).toEqual(before);
});

/** Every route that changes a conversation. */
const writes: [method: string, path: string, body?: object][] = [
  ['PATCH', '', { metadata: { a: 1 } }],
  ['POST', '/typing'],
  ['POST', '/background', { image_url: 'https://example.com/1.png' }],
  ['DELETE', '/background'],
];

describe('changes nothing and refuses', () => {
  const all = '{ conversations { nodes { id type metadata background { id version } } } }';

  test('a workplace chat, with 404', async () => {
    await parley.importLines(tenant, [chatLine({})]);
    const { data } = await parley.graphql(tenant.key, all);
    const chat = data.conversations.nodes.find(({ type }: { type: string }) => type === 'GROUP').id;
    for (const [method, path, body] of writes) {
      const { status, body: refused } = await agentphone.refusal(`/agentphone/v1/conversations/conv_${chat}${path}`, tenant.key, {
        method,
        ...(body && json(body)),
      });
      expect([status, refused]).toEqual([404, failure('NOT_FOUND', 'not_found')]);
    }
    expect((await parley.graphql(tenant.key, all)).data).toEqual(data);
  });

  test('another organization’s conversation, or a key without the scope', async () => {
    const other = await parley.tenant();
    const reader = await agentphone.key(tenant, ['conversations:read']);
    const { data } = await parley.graphql(tenant.key, all);
    for (const [method, path, body] of writes) {
      const init = { method, ...(body && json(body)) };
      expect((await agentphone.refusal(`/v1/conversations/${id}${path}`, await agentphone.key(other), init)).status).toBe(404);
      expect((await agentphone.refusal(`/v1/conversations/${id}${path}`, reader, init)).status).toBe(403);
    }
    expect((await parley.graphql(tenant.key, all)).data).toEqual(data);
  });
});

test('needs only conversations:write, except for the answer that shows messages', async () => {
  const writer = await agentphone.key(tenant, ['conversations:write']);
  const statuses = [];
  for (const [method, path, body] of writes) {
    statuses.push((await parley.fetch(`/v1/conversations/${id}${path}`, writer, { method, ...(body && json(body)) })).status);
  }
  expect(statuses).toEqual([403, 200, 200, 204]);
  expect(await stored()).toBeNull();
});

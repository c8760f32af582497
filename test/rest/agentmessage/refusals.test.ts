import { beforeAll, describe, expect, test } from 'vitest';
import { newSecret } from '../../../src/auth/secret.ts';
import { createApiKey } from '../../../src/modules/api-key/commands/create.ts';
import { revokeApiKey } from '../../../src/modules/api-key/commands/revoke.ts';
import { encodeId } from '../../../src/values/ids.ts';
import { type Tenant, useApp } from '../../support/harness.ts';
import { chatLine, phoneLine } from '../../support/lines.ts';
import { stableHeaders } from '../../support/stable-headers.ts';
import { client } from './client.ts';

const parley = useApp();
const agentmessage = client(parley);
let tenant: Tenant;
let id: string;
const list = '/v1/conversations';
const unknown = encodeId('Conversation', '0190a1b2-c3d4-7000-8000-000000000000');

beforeAll(async () => {
  tenant = await parley.tenant();
  await parley.importLines(tenant, [phoneLine({}), chatLine({})]);
  id = String((await agentmessage.conversations(tenant.key)).data[0]?.id);
});

const ulid = expect.stringMatching(/^[0-7][0-9A-HJKMNP-TV-Z]{25}$/);

/** Checks the whole body, and the headers of every answer. */
async function expectRefusal(
  answer: Promise<Awaited<ReturnType<typeof agentmessage.refusal>>>,
  status: number,
  code: string,
  message: string,
) {
  const { headers, ...refused } = await answer;
  expect(refused).toEqual({ status, success: false, error: { code, message, request_id: ulid } });
  expect(headers.get('x-request-id')).toBe(refused.error.request_id);
  expect(headers.get('content-type')).toBe('application/json');
  expect(headers.get('cache-control')).toBe('private, no-store');
  expect(headers.get('vary')).toBe('Authorization');
  return headers;
}

describe('401, before anything else is checked', () => {
  test.each<[string, (key: string) => string | null]>([
    ['no key', () => null],
    ['an empty header', () => ''],
    ['no scheme', (key) => key],
    ['another scheme', (key) => `Basic ${key}`],
    ['no secret', () => 'Bearer '],
    ['an unknown key', () => `Bearer ${newSecret('agentmessage')}`],
    ['a key cut short', (key) => `Bearer ${key.slice(0, -1)}`],
    ['a key and more', (key) => `Bearer ${key}%00`],
    ['a key twice', (key) => `Bearer ${key} ${key}`],
    ['a long key', () => `Bearer am_live_${'x'.repeat(5_000)}`],
  ])('%s', async (_name, authorization) => {
    const given = authorization(tenant.key);
    const headers: Record<string, string> = given === null ? {} : { authorization: given };
    for (const path of [list, `${list}?limit=0`, `${list}/x/messages`, `/agentmessage${list}/${id}/messages`]) {
      const answered = await expectRefusal(agentmessage.refusal(path, null, { headers }), 401, 'UNAUTHORIZED', 'authentication failed');
      expect(answered.get('www-authenticate')).toBe('Bearer');
    }
  });

  test('refuses two Authorization headers', async () => {
    const headers = new Headers();
    headers.append('authorization', `Bearer ${tenant.key}`);
    headers.append('authorization', `Bearer ${tenant.key}`);
    await expectRefusal(agentmessage.refusal(list, null, { headers }), 401, 'UNAUTHORIZED', 'authentication failed');
  });

  test('refuses a revoked key', async () => {
    const secret = newSecret('agentmessage');
    const key = await createApiKey(parley.app.database, tenant.id, {
      secret,
      name: 'lost',
      scopes: ['conversations:read'],
      expiresAt: null,
    });
    await revokeApiKey(parley.app.database, tenant.id, key.id);
    await expectRefusal(agentmessage.refusal(list, secret), 401, 'UNAUTHORIZED', 'authentication failed');
  });
});

test.each(['bearer', 'BEARER', 'Bearer '])('accepts the scheme %s, and a space after the key', async (scheme) => {
  const response = await parley.fetch(list, null, { headers: { authorization: `${scheme} ${tenant.key} ` } });
  expect(response.status).toBe(200);
});

test('needs only conversations:read', async () => {
  const key = await parley.key(tenant.id, ['conversations:read']);
  expect((await agentmessage.conversations(key)).meta.total).toBe(1);
  expect((await agentmessage.messages(key, id)).meta.total).toBe(1);
});

describe('404', () => {
  test('answers the same for unknown ids, other organizations and workplace chats', async () => {
    const other = await parley.tenant();
    const { data } = await parley.graphql(tenant.key, '{ conversations(filter: {types: [GROUP]}) { nodes { id } } }');
    const asked: [string, string][] = [
      [unknown, tenant.key],
      [id, other.key],
      [data.conversations.nodes[0].id, tenant.key],
    ];
    const answers = [];
    for (const [conversation, key] of asked) {
      const path = `${list}/${conversation}/messages`;
      await expectRefusal(agentmessage.refusal(path, key), 404, 'NOT_FOUND', 'not found');
      const response = await parley.fetch(path, key);
      const requestId = String(response.headers.get('x-request-id'));
      const bytes = (await response.text()).replaceAll(requestId, '');
      answers.push({ bytes, headers: stableHeaders(response.headers) });
    }
    expect(answers[1]).toEqual(answers[0]);
    expect(answers[2]).toEqual(answers[0]);
  });

  test('refuses malformed input before an unknown conversation', async () => {
    const { data } = await parley.graphql(tenant.key, '{ conversations { edges { cursor } } }');
    for (const search of ['limit=0', 'cursor=x', `cursor=${data.conversations.edges[0].cursor}`]) {
      expect(await agentmessage.refusal(`${list}/${unknown}/messages?${search}`, tenant.key)).toMatchObject({ status: 422 });
    }
  });

  test('lists nothing of another organization', async () => {
    const other = await parley.tenant();
    expect((await agentmessage.conversations(other.key)).data).toEqual([]);
    const { data } = await agentmessage.conversations(tenant.key);
    const page = await agentmessage.conversations(other.key, { phone_number_id: String(data[0]?.phone_number_id) });
    expect(page.meta.total).toBe(0);
  });

  test.each([
    '/v1',
    '/v1/',
    '/v1/conversation',
    '/v1/conversations/',
    '/v1/conversations//messages',
    '/V1/conversations',
    '/v2/conversations',
    '/agentmessage',
    '/agentmessage/',
    '/agentmessage/conversations',
    '/agentmessage/agentmessage/v1/conversations',
    '/nothing/here',
    '/v1/%E0%A4%A',
    '/%',
    '/.env',
  ])('unknown path %s, with a key and without', async (path) => {
    await expectRefusal(agentmessage.refusal(path, null), 404, 'NOT_FOUND', 'not found');
    await expectRefusal(agentmessage.refusal(path, tenant.key), 404, 'NOT_FOUND', 'not found');
    await expectRefusal(agentmessage.refusal(path, null, { method: 'POST' }), 404, 'NOT_FOUND', 'not found');
  });
});

test('answers HEAD like GET, without the body, for an unknown path', async () => {
  const [get, head] = await Promise.all(['GET', 'HEAD'].map((method) => parley.fetch('/nothing', tenant.key, { method })));
  const stable = (response: Response | undefined) => stableHeaders(response?.headers ?? []);
  expect(head?.status).toBe(404);
  expect(await head?.text()).toBe('');
  expect(stable(head)).toEqual(stable(get));
});

describe('choice of the contract', () => {
  test('answers the same below the mount and on the bare path', async () => {
    const [mounted, bare] = await Promise.all(
      [`/agentmessage${list}`, list].map(async (path) => (await parley.fetch(path, tenant.key)).json()),
    );
    expect(mounted).toEqual(bare);
  });

  test('accepts a key of another contract below the mount', async () => {
    const secret = newSecret('agentphone');
    await createApiKey(parley.app.database, tenant.id, { secret, name: 'other', scopes: ['conversations:read'], expiresAt: null });
    expect((await parley.fetch(`/agentmessage${list}`, secret)).status).toBe(200);
    // On the bare path the key chooses the other contract.
    expect(await (await parley.fetch(list, secret)).json()).not.toHaveProperty('success');
  });

  test('serves bare paths that no other contract has', async () => {
    const secret = newSecret('ziik');
    await createApiKey(parley.app.database, tenant.id, { secret, name: 'other', scopes: ['conversations:read'], expiresAt: null });
    expect((await parley.fetch(list, secret)).status).toBe(200);
    expect((await parley.fetch(list, null)).status).toBe(401);
  });
});

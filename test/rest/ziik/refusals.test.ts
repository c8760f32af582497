import { beforeAll, describe, expect, test } from 'vitest';
import { newSecret } from '../../../src/auth/secret.ts';
import { createApiKey } from '../../../src/modules/api-key/commands/create.ts';
import { ziik as contract } from '../../../src/rest/ziik/contract.ts';
import { type Tenant, useApp } from '../../support/harness.ts';
import { chatLine } from '../../support/lines.ts';
import { stableHeaders } from '../../support/stable-headers.ts';
import { client } from './client.ts';

const parley = useApp();
const ziik = client(parley);
let tenant: Tenant;
let id: number;

beforeAll(async () => {
  ({ tenant, id } = await ziik.withChat());
});

test('has exactly the documented routes', () => {
  expect(contract.routes.map(({ method, path }) => `${method} ${path}`)).toEqual([
    'GET /conversations/{conversation}/messages',
    'GET /conversations',
    'GET /conversations/{conversation}',
  ]);
});

describe('404', () => {
  test.each([
    '0',
    '-1',
    '+1',
    '01',
    '1.0',
    '1e3',
    'x',
    '%20',
    '%00',
    '%E0%A4%A',
    '٣',
    '9007199254740992',
    '9'.repeat(40),
    'null',
    '%F0%9F%98%80',
  ])('no conversation’s number: %s', async (number) => {
    await ziik.expectRefusal(`/conversations/${number}`, tenant.key, 404, 'not_found');
    await ziik.expectRefusal(`/conversations/${number}/messages`, tenant.key, 404, 'not_found');
    await ziik.expectRefusal(`/ziik/conversations/${number}/messages?query=a`, tenant.key, 404, 'not_found');
    // Malformed input is refused first.
    await ziik.expectRefusal(`/conversations/${number}/messages?limit=0`, tenant.key, 422, 'validation_error');
  });

  test('answers the same for another organization’s conversations and messages and for unknown ones', async () => {
    const other = await parley.tenant();
    await parley.importLines(other, [chatLine({})]);
    const mine = await ziik.latest(other);
    const [theirs] = (await ziik.messages(tenant.key, id)).data;
    const unknown = 9_007_199_254_740_991;
    for (const suffix of ['', '/messages', `/messages?starter_message_id=${theirs?.id}`, '/messages?query=hello']) {
      await expectSame(other.key, `/conversations/${unknown}${suffix}`, `/conversations/${id}${suffix}`);
    }
    const starter = (number: unknown) => `/conversations/${mine}/messages?starter_message_id=${number}`;
    await expectSame(other.key, starter(unknown), starter(theirs?.id));
    expect((await ziik.conversations(other.key)).data.map((item) => item.id)).toEqual([mine]);
    expect((await ziik.conversations(other.key, { keyword: 'Everyone', page: 2, limit: 1 })).data).toEqual([]);
  });

  test('for a starter of another conversation, and for unknown numbers', async () => {
    const [, phone] = (await ziik.conversations(tenant.key)).data;
    for (const starter of [phone?.latest_message?.id, 0, -1, 999_999_999, -9_007_199_254_740_991]) {
      await ziik.expectRefusal(`/conversations/${id}/messages?starter_message_id=${starter}`, tenant.key, 404, 'not_found');
    }
  });

  /** Returns status, body and headers, without the request id. */
  async function expectSame(key: string, ...asked: [string, string]): Promise<void> {
    const [first, second] = await Promise.all(
      asked.map(async (path) => {
        const response = await parley.fetch(path, key);
        return {
          status: response.status,
          text: await response.text(),
          headers: stableHeaders(response.headers),
        };
      }),
    );
    expect(first?.status).toBe(404);
    expect(second).toEqual(first);
  }

  test.each([
    '/conversations/',
    '/conversations//messages',
    '/conversations/1/messages/1',
    '/conversations/1/',
    '/ziik/',
    '/ziik/v1/conversations',
    '/ziik/x',
  ])('unknown path %s, with a key and without', async (path) => {
    for (const key of [null, tenant.key]) await ziik.expectRefusal(path, key, 404, 'not_found');
    await ziik.expectRefusal(path, null, 404, 'not_found', { method: 'POST' });
  });
});

test('accepts any key, on the bare path and below the mount', async () => {
  for (const made of ['agentmessage', 'agentphone', 'ziik'] as const) {
    const secret = newSecret(made);
    await createApiKey(parley.app.database, tenant.id, { secret, name: 'other', scopes: ['conversations:read'], expiresAt: null });
    for (const path of ziik.paths(id).flatMap((each) => [each, `/ziik${each}`]))
      expect((await parley.fetch(path, secret)).status).toBe(200);
  }
});

import { beforeAll, describe, expect, test } from 'vitest';
import { newSecret } from '../../../src/auth/secret.ts';
import { createApiKey } from '../../../src/modules/api-key/create.ts';
import { ziik as contract } from '../../../src/rest/ziik/contract.ts';
import { type Tenant, useApp } from '../../support/harness.ts';
import { chatLine, phoneLine } from '../../support/lines.ts';
import { client, failure } from './client.ts';

const parley = useApp();
const ziik = client(parley);
let tenant: Tenant;
let id: number;
/** A path of each route that is there. */
let paths: string[];

beforeAll(async () => {
  tenant = await parley.tenant();
  await parley.importLines(tenant, [chatLine({}), chatLine({}), phoneLine({ createdAt: '2020-01-01T00:00:00Z' })]);
  id = await ziik.latest(tenant);
  paths = contract.routes.map(({ path }) => path.replace('{conversation}', String(id)));
});

async function expectRefusal(path: string, key: string | null, status: number, code: string, init: RequestInit = {}): Promise<Headers> {
  const { headers, ...refused } = await ziik.refusal(path, key, init);
  expect(refused, path).toEqual({ status, body: failure(code) });
  expect(headers.get('content-type')).toBe('application/json');
  expect(headers.get('cache-control')).toBe('private, no-store');
  expect(headers.get('vary')).toBe('Authorization');
  expect(headers.get('x-request-id')).toMatch(/^[0-7][0-9A-HJKMNP-TV-Z]{25}$/);
  return headers;
}

test('the documented routes, and no others', () => {
  expect(contract.routes.map(({ method, path }) => `${method} ${path}`)).toEqual([
    'GET /conversations/{conversation}/messages',
    'GET /conversations',
    'GET /conversations/{conversation}',
  ]);
});

test('401, before anything else is looked at', async () => {
  for (const path of paths) {
    for (const asked of [path, `/ziik${path}`, `${path}?limit=0`, path.replace(String(id), 'x')]) {
      for (const key of [null, 'x', newSecret('ziik')]) {
        expect((await expectRefusal(asked, key, 401, 'unauthenticated')).get('www-authenticate')).toBe('Bearer');
      }
    }
  }
});

test('403, before any parameter is looked at', async () => {
  const key = await parley.key(tenant.id, ['conversations:write', 'messages:ingest', 'messages:erase', 'org:admin:write', 'apikeys:write']);
  for (const path of paths) {
    for (const asked of [path, `${path}?limit=0`, path.replace(String(id), 'x')]) await expectRefusal(asked, key, 403, 'forbidden');
  }
  const reader = await parley.key(tenant.id, ['conversations:read']);
  for (const path of paths) expect((await parley.fetch(path, reader)).status).toBe(200);
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
    await expectRefusal(`/conversations/${number}`, tenant.key, 404, 'not_found');
    await expectRefusal(`/conversations/${number}/messages`, tenant.key, 404, 'not_found');
    await expectRefusal(`/ziik/conversations/${number}/messages?query=a`, tenant.key, 404, 'not_found');
    // Malformed comes first.
    await expectRefusal(`/conversations/${number}/messages?limit=0`, tenant.key, 422, 'validation_error');
  });

  test('another organization’s conversations and messages are as those that are not there', async () => {
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

  test('a starter of another conversation, and numbers that no message has', async () => {
    const [, phone] = (await ziik.conversations(tenant.key)).data;
    for (const starter of [phone?.latest_message?.id, 0, -1, 999_999_999, -9_007_199_254_740_991]) {
      await expectRefusal(`/conversations/${id}/messages?starter_message_id=${starter}`, tenant.key, 404, 'not_found');
    }
  });

  /** Status, body and headers, but for the request id. */
  async function expectSame(key: string, ...asked: [string, string]): Promise<void> {
    const [first, second] = await Promise.all(
      asked.map(async (path) => {
        const response = await parley.fetch(path, key);
        return {
          status: response.status,
          text: await response.text(),
          headers: [...response.headers].filter(([name]) => name !== 'x-request-id'),
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
    for (const key of [null, tenant.key]) await expectRefusal(path, key, 404, 'not_found');
    await expectRefusal(path, null, 404, 'not_found', { method: 'POST' });
  });
});

test.each(['POST', 'PUT', 'PATCH', 'DELETE', 'OPTIONS'])('405: %s', async (method) => {
  for (const path of paths) {
    const headers = await expectRefusal(`${path}?limit=0`, null, 405, 'method_not_allowed', { method });
    expect(headers.get('allow')).toBe('GET, HEAD');
  }
});

test('HEAD says what GET says, without the body', async () => {
  for (const path of [...paths, `${paths[0]}?limit=0`, '/conversations/0', '/conversations/0/x']) {
    const [get, head] = await Promise.all(['GET', 'HEAD'].map((method) => parley.fetch(path, tenant.key, { method })));
    const stable = (response: Response | undefined) => [...(response?.headers ?? [])].filter(([name]) => name !== 'x-request-id');
    expect(head?.status).toBe(get?.status);
    expect(await head?.text()).toBe('');
    expect(stable(head)).toEqual(stable(get));
  }
});

test('any key, on the bare path and under the mount', async () => {
  for (const made of ['agentmessage', 'agentphone', 'ziik'] as const) {
    const secret = newSecret(made);
    await createApiKey(parley.app.database, tenant.id, { secret, name: 'other', scopes: ['conversations:read'], expiresAt: null });
    for (const path of paths.flatMap((each) => [each, `/ziik${each}`])) expect((await parley.fetch(path, secret)).status).toBe(200);
  }
});

describe('422, by the parameters’ own rules', () => {
  const values = [
    ...[
      '',
      ' ',
      'x',
      '0',
      '1',
      '5',
      '-1',
      '+5',
      '100',
      '101',
      '1e2',
      '0x10',
      '5.0',
      '5,',
      '٣',
      '５',
      'NaN',
      'null',
      'true',
      'normal',
      'Unread',
    ],
    ...[
      '9'.repeat(15),
      '9'.repeat(16),
      '9007199254740991',
      '9007199254740992',
      '9'.repeat(400),
      'A'.repeat(32),
      'A'.repeat(32).concat('.next'),
    ],
    ...['.next', '😀', "'; --", '%', '_', '\\', 'a'.repeat(1_000), '手机', '\u202e', '1\n', '\t1', '.', '-', '-0'],
  ];
  const broken = ['%00', 'a%00', '%FF', '%', '%E0%A4%A', '%ED%A0%80'];

  test.each(contract.routes.map(({ path }) => path))('%s', async (path) => {
    const route = contract.routes.find((each) => each.path === path);
    const asked = path.replace('{conversation}', String(id));
    for (const name of Object.keys(route?.query.shape ?? {})) {
      let refused = 0;
      for (const value of values) {
        const answer = await ziik.refusal(`${asked}?${name}=${encodeURIComponent(value)}`, tenant.key);
        const good = route?.query.safeParse({ [name]: value }).success;
        if (!good) refused += 1;
        expect([name, value, good ? [200, 404].includes(answer.status) : answer]).toMatchObject([
          name,
          value,
          good ? true : { status: 422, body: failure('validation_error', expect.stringMatching(`^${name} must [^;]+$`)) },
        ]);
      }
      // Of text nothing is malformed.
      if (name !== 'query' && name !== 'keyword') expect(refused).toBeGreaterThan(20);
      for (const search of [...broken.map((value) => `${name}=${value}`), `${name}=1&${name}=1`]) {
        const { status, body } = await ziik.refusal(`${asked}?${search}`, tenant.key);
        expect({ status, body }, search).toEqual({
          status: 422,
          body: failure('validation_error', expect.stringMatching(`^${name} must `)),
        });
      }
    }
  });

  test('every bad parameter at once', async () => {
    const { body } = await ziik.refusal(`${paths[0]}?limit=0&cursor=x`, tenant.key);
    expect(body).toEqual(
      failure(
        'validation_error',
        'limit must be an integer, 1..100; cursor must be a cursor of this list, as next_cursor or prev_cursor gave it',
      ),
    );
    const { body: starter } = await ziik.refusal(`${paths[0]}?limit=x&starter_message_id=x`, tenant.key);
    expect(starter).toEqual(failure('validation_error', 'limit must be an integer, 1..100; starter_message_id must be an integer'));
    const { body: list } = await ziik.refusal('/conversations?limit=&page=0&status=', tenant.key);
    expect(list.error.message).toBe(
      'limit must be an integer, 1..100; page must be an integer, 1..1000000; status must be unread, archived or normal',
    );
  });

  test('cursors cut, unmarked, twice marked, or of another list', async () => {
    const { meta } = await ziik.messages(tenant.key, id, { limit: 1 });
    const cursor = String(meta.next_cursor);
    const [plain = ''] = cursor.split('.');
    const { data } = await parley.graphql(
      tenant.key,
      '{ conversations { pageInfo { endCursor } nodes { messages { pageInfo { endCursor } } } } }',
    );
    const others = [data.conversations.pageInfo.endCursor, data.conversations.nodes[0].messages.pageInfo.endCursor];
    const bad = [
      plain,
      plain.slice(1),
      `${cursor}x`,
      `${cursor}.next`,
      `.${cursor}`,
      ` ${cursor}`,
      `${plain}.NEXT`,
      `${plain}.`,
      ...others.map((other) => `${other}.next`),
    ];
    for (const each of bad) await expectRefusal(`${paths[0]}?cursor=${encodeURIComponent(each)}`, tenant.key, 422, 'validation_error');
    expect((await ziik.messages(tenant.key, id, { cursor })).data).toHaveLength(1);
  });

  test('a page further than anybody reads, a keyword longer than any name', async () => {
    const { body } = await ziik.refusal('/conversations?page=1000000&limit=100', tenant.key);
    expect(body).toEqual(failure('validation_error', expect.stringMatching(/^page must /)));
    const { body: keyword } = await ziik.refusal(`/conversations?keyword=${'a'.repeat(1_001)}`, tenant.key);
    expect(keyword).toEqual(failure('validation_error', expect.stringMatching(/^keyword must /)));
  });

  test('an unknown parameter is ignored', async () => {
    for (const path of paths) expect((await parley.fetch(`${path}?unknown=%FF&unknown=2&LIMIT=x`, tenant.key)).status).toBe(200);
  });
});

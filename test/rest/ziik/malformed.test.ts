import { beforeAll, describe, expect, test } from 'vitest';
import { ziik as contract } from '../../../src/rest/ziik/contract.ts';
import { type Tenant, useApp } from '../../support/harness.ts';
import { client, failure } from './client.ts';

const parley = useApp();
const ziik = client(parley);
let tenant: Tenant;
let id: number;

beforeAll(async () => {
  ({ tenant, id } = await ziik.withChat());
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
      // A text can only be too long.
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

  test('names every malformed parameter at once', async () => {
    const { body } = await ziik.refusal(`/conversations/${id}/messages?limit=0&cursor=x`, tenant.key);
    expect(body).toEqual(
      failure(
        'validation_error',
        'limit must be an integer from 1 to 100; cursor must be the next_cursor or prev_cursor of a page of this list',
      ),
    );
    const { body: starter } = await ziik.refusal(`/conversations/${id}/messages?limit=x&starter_message_id=x`, tenant.key);
    expect(starter).toEqual(failure('validation_error', 'limit must be an integer from 1 to 100; starter_message_id must be an integer'));
    const { body: list } = await ziik.refusal('/conversations?limit=&page=0&status=x', tenant.key);
    expect(list.error.message).toBe(
      'limit must be an integer from 1 to 100; page must be an integer, at least 1; status must be unread, archived or normal',
    );
  });

  test('refuses cursors that are cut, without a direction, with two, or of another list', async () => {
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
    for (const each of bad)
      await ziik.expectRefusal(`/conversations/${id}/messages?cursor=${encodeURIComponent(each)}`, tenant.key, 422, 'validation_error');
    expect((await ziik.messages(tenant.key, id, { cursor })).data).toHaveLength(1);
  });

  test.each([
    ['', 40_001, '40,001'],
    ['&limit=1', 1_000_001, '1,000,001'],
    ['&limit=3', 333_334, '333,334'],
    ['&limit=100', 10_001, '10,001'],
  ])('the last page with %j is %i: the refusal of the next names it', async (search, last, shown) => {
    expect((await parley.fetch(`/conversations?page=${last}${search}`, tenant.key)).status).toBe(200);
    for (const page of [last + 1, 10 * last, '9'.repeat(400)]) {
      const { body } = await ziik.refusal(`/conversations?page=${page}${search}`, tenant.key);
      expect(body).toEqual(failure('validation_error', `page must be from 1 to ${shown}`));
    }
  });

  test('refuses an empty starter', async () => {
    const { body } = await ziik.refusal(`/conversations/${id}/messages?starter_message_id=&cursor=&query=`, tenant.key);
    expect(body).toEqual(failure('validation_error', 'starter_message_id must be an integer'));
  });

  test('refuses a keyword that is too long', async () => {
    const { body: keyword } = await ziik.refusal(`/conversations?keyword=${'a'.repeat(257)}`, tenant.key);
    expect(keyword).toEqual(failure('validation_error', expect.stringMatching(/^keyword must /)));
  });

  test('ignores an unknown parameter', async () => {
    for (const path of ziik.paths(id)) expect((await parley.fetch(`${path}?unknown=%FF&unknown=2&LIMIT=x`, tenant.key)).status).toBe(200);
  });
});

import { beforeAll, describe, expect, test } from 'vitest';
import { encodeId } from '../../../src/values/ids.ts';
import { type Tenant, useApp } from '../../support/harness.ts';
import { phoneLine } from '../../support/lines.ts';
import { client } from './client.ts';

const parley = useApp();
const agentmessage = client(parley);
const list = '/v1/conversations';
let tenant: Tenant;
let messages: string;
/** Cursors of every order of this contract. */
let cursors: { conversations: string; messages: string; descending: string };

beforeAll(async () => {
  tenant = await parley.tenant();
  await parley.importLines(tenant, [phoneLine({}), phoneLine({}), phoneLine({ contactNumber: '+15550000003' })]);
  const page = await agentmessage.conversations(tenant.key, { limit: 1 });
  const { data } = await agentmessage.conversations(tenant.key, { contact_number: '+15550000002' });
  const id = String(data[0]?.id);
  messages = `${list}/${id}/messages`;
  cursors = {
    conversations: String(page.meta.next_cursor),
    messages: String((await agentmessage.messages(tenant.key, id, { limit: 1 })).meta.next_cursor),
    descending: String((await agentmessage.messages(tenant.key, id, { limit: 1, order: 'desc' })).meta.next_cursor),
  };
});

const cursorsAnywhere = [
  'cursor=',
  'cursor=x',
  'cursor=null',
  `cursor=${'A'.repeat(32)}`,
  `cursor=${'A'.repeat(8_000)}`,
  'cursor=%F0%9F%98%80',
  'cursor=a&cursor=a',
];

describe('422 names the parameter', () => {
  test.each([...cursorsAnywhere, 'limit=1&lim%69t=1'])('%s, on both routes', async (search) => {
    for (const path of [list, messages]) await expectProblem(`${path}?${search}`, search.slice(0, search.indexOf('=')));
  });

  test.each([
    'phone_number_id=7c1f0a2d9e8b4c3a9d2e1f0a2b3c4d5e',
    'phone_number_id={7c1f0a2d-9e8b-4c3a-9d2e-1f0a2b3c4d5e}',
    'phone_number_id=7c1f0a2d-9e8b-4c3a-9d2e-1f0a2b3c4d5g',
    'phone_number_id=7c1f0a2d-9e8b-4c3a-9d2e-1f0a2b3c4d5e%00',
    'contact_number=%00',
    'contact_number=%2B15554443333&contact_number=%2B15554443333',
    'since=',
    'opted_in=true&opted_in=true',
  ])('%s', (search) => expectProblem(`${list}?${search}`, search.slice(0, search.indexOf('='))));

  test.each(['order=newest', 'order=desc&order=desc'])('%s', (search) => expectProblem(`${messages}?${search}`, 'order'));

  test('refuses cursors that are cut, padded, changed, or of another list or order', async () => {
    const { conversations, messages: ascending, descending } = cursors;
    const broken = [conversations.slice(0, -1), conversations.slice(1), `${conversations}=`, `${conversations}A`, ` ${conversations}`];
    for (const cursor of [...broken, ascending, descending]) await expectProblem(`${list}?cursor=${encodeURIComponent(cursor)}`, 'cursor');
    for (const cursor of [conversations, descending]) await expectProblem(`${messages}?cursor=${cursor}`, 'cursor');
    await expectProblem(`${messages}?order=desc&cursor=${ascending}`, 'cursor');
  });

  test('names every malformed parameter at once', async () => {
    const all = 'cursor=x&limit=0&phone_number_id=1&contact_number=1&since=1&opted_in=1';
    const { error } = await agentmessage.refusal(`${list}?${all}`, tenant.key);
    expect(error.details).toEqual({
      cursor: 'must be the next_cursor of a page of this list',
      limit: 'must be an integer from 1 to 200',
      phone_number_id: 'must be a UUID',
      since: 'must be an RFC 3339 date-time',
      opted_in: 'must be true or false',
    });
    const { error: two } = await agentmessage.refusal(`${messages}?limit=1&limit=2&cursor=x`, tenant.key);
    expect(Object.keys(two.details ?? {}).sort()).toEqual(['cursor', 'limit']);
    const { error: three } = await agentmessage.refusal(`${messages}?order=up&limit=x`, tenant.key);
    expect(three.details).toEqual({ limit: 'must be an integer from 1 to 200', order: 'must be asc or desc' });
  });
});

async function expectProblem(path: string, parameter: string): Promise<void> {
  const { status, error, headers } = await agentmessage.refusal(path, tenant.key);
  expect({ status, error }, path).toEqual({
    status: 422,
    error: {
      code: 'VALIDATION_FAILED',
      message: 'validation failed',
      request_id: headers.get('x-request-id'),
      details: { [parameter]: expect.stringMatching(/^must /) },
    },
  });
}

describe('400: a malformed conversation id', () => {
  const uuid = '0190a1b2-c3d4-7000-8000-000000000000';
  const good = encodeId('Conversation', uuid);
  test.each([
    'x',
    'string',
    'null',
    '%00',
    '%20',
    uuid,
    encodeId('Message', uuid),
    good.slice(0, -1),
    `${good}A`,
    `${good}=`,
    `${good}%0A`,
    `+${good.slice(1)}`,
    `${good.slice(0, -1)}B`,
    'AQID...base64url',
    '%E0%A4%A',
    '%F0%9F%98%80',
    '..%2F..',
    'A'.repeat(8_000),
    `${good}%00`,
  ])('%s', async (id) => {
    // Checked before the query, whatever else is wrong.
    for (const path of [`${list}/${id}/messages`, `${list}/${id}/messages?limit=0`]) {
      const { status, error, headers } = await agentmessage.refusal(path, tenant.key);
      expect({ status, error }).toEqual({
        status: 400,
        error: { code: 'INVALID_INPUT', message: 'invalid input', request_id: headers.get('x-request-id') },
      });
    }
  });
});

describe('a contact_number that is not a contact address matches nothing', () => {
  test.each([
    '',
    '%20',
    '1',
    '15554443333',
    '%2B123456',
    '%2B00000000',
    '%2B05550000002',
    '%2B1234567890123456',
    '%2B1555444333é',
    '++15554443333',
    '%2B%D9%A1%D9%A2%D9%A3%D9%A4%D9%A5%D9%A6%D9%A7%D9%A8',
    '%2B15554443333%0A',
    'jane@doe.example',
    'A'.repeat(8_000),
  ])('%s', async (value) => {
    const response = await parley.fetch(`${list}?contact_number=${value}&limit=7`, tenant.key);
    expect(response.status).toBe(200);
    expect(await response.json()).toEqual({ success: true, data: [], meta: { total: 0, limit: 7, offset: 0, next_cursor: null } });
  });

  test.each(['cursor', 'limit', 'phone_number_id', 'since', 'opted_in'])('refuses a malformed %s beside it', (parameter) =>
    expectProblem(`${list}?contact_number=x%40y&${parameter}=x`, parameter),
  );

  test('accepts a cursor beside it', async () => {
    const response = await parley.fetch(`${list}?contact_number=x%40y&cursor=${cursors.conversations}`, tenant.key);
    expect(await response.json()).toMatchObject({ data: [], meta: { total: 0, next_cursor: null } });
  });
});

test.each([
  '?',
  '?&',
  '?&&=&',
  '?=1',
  '?%=1',
  '?%FF=1&%FF=1',
  '?unknown=%FF',
  '?unknown=1&unknown=2',
  '?constructor=1&__proto__=2',
  '?LIMIT=x',
])('ignored: %s', async (search) => {
  const response = await parley.fetch(list + search, tenant.key);
  expect(response.status).toBe(200);
  expect(await response.json()).toMatchObject({ meta: { total: 2, limit: 50 } });
});

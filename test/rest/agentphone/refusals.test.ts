import { beforeAll, describe, expect, test } from 'vitest';
import { agentphone as contract } from '../../../src/rest/agentphone/contract.ts';
import { encodeId, type NodeType } from '../../../src/values/ids.ts';
import { type Tenant, useApp } from '../../support/harness.ts';
import { chatLine, phoneLine } from '../../support/lines.ts';
import { stableHeaders } from '../../support/stable-headers.ts';
import { client, failure, json } from './client.ts';

const parley = useApp();
const agentphone = client(parley);
let tenant: Tenant;
let key: string;
/** The ids in the paths of this tenant. */
let ids: Record<string, string>;

const uuid = '0190a1b2-c3d4-7000-8000-000000000000';
const unknown: Record<string, string> = {
  conversation_id: `conv_${encodeId('Conversation', uuid)}`,
  agent_id: `agt_${encodeId('Agent', uuid)}`,
  number_id: `num_${encodeId('PhoneNumber', uuid)}`,
};

beforeAll(async () => {
  tenant = await parley.tenant();
  key = await agentphone.key(tenant);
  await parley.importLines(tenant, [phoneLine({ agent: { externalId: 'ada', name: 'Ada' } }), chatLine({})]);
  const [conversation] = (await agentphone.conversations(tenant.key)).data;
  ids = {
    conversation_id: String(conversation?.id),
    agent_id: String(conversation?.agentId),
    number_id: String(conversation?.phoneNumberId),
  };
});

/** A good request for each route. */
const bodies: Record<string, object> = {
  'PATCH /v1/conversations/{conversation_id}': { metadata: { a: 1 } },
  'POST /v1/webhooks': { url: 'https://example.com/hook' },
  'POST /v1/agents/{agent_id}/webhook': { url: 'https://example.com/hook' },
  'POST /v1/conversations/{conversation_id}/background': { image_url: 'https://example.com/1.png' },
};
const table = contract.routes.map(({ method, path, query, body }) => ({
  method,
  path,
  name: `${method} ${path}`,
  takesInput: body !== null || Object.keys(query.shape).length > 0,
}));
const byId = table.filter(({ path }) => path.includes('{'));

const pathWith = (path: string, values: Record<string, string>) => path.replaceAll(/\{(\w+)\}/g, (_, name) => values[name] ?? '');
const sent = ({ method, name }: { method: string; name: string }): RequestInit => ({ method, ...(bodies[name] && json(bodies[name])) });

test.each(table)('$name: 403 for a slice that is not modelled, before any parameter is looked at', async ({ method, path }) => {
  for (const mount of ['', '/agentphone']) {
    const init = { method, ...(method !== 'GET' && { body: '{' }), headers: { 'X-Sub-Account-Id': 'sub' } };
    const refused = await agentphone.refusal(`${mount}${pathWith(path, unknown)}?limit=0`, key, init);
    expect([refused.status, refused.body]).toEqual([403, failure('FORBIDDEN', 'permission_error')]);
  }
});

describe('404, the same for everything that does not exist', () => {
  test.each(byId)('$name', async (route) => {
    const other = await parley.tenant();
    await parley.importLines(other, [phoneLine({ agent: { externalId: 'ada', name: 'Ada' } })]);
    const answers = [
      await agentphone.refusal(pathWith(route.path, unknown), key, sent(route)),
      await agentphone.refusal(pathWith(route.path, ids), await agentphone.key(other), sent(route)),
    ];
    for (const id of malformedIds(ids)) {
      const path = route.path.replace(/\{\w+\}/, id);
      answers.push(await agentphone.refusal(path, key, sent(route)));
    }
    for (const { status, body, headers } of answers) {
      expect([status, body]).toEqual([404, failure('NOT_FOUND', 'not_found')]);
      expect(fixed(headers)).toEqual(fixed(answers[0]?.headers));
    }
  });

  test.each(byId.filter(({ takesInput }) => takesInput))('$name: malformed input comes first', async (route) => {
    const search = route.path.includes('messages') || route.path.includes('agents') ? '?limit=0' : '?message_limit=0';
    const init = route.method === 'GET' ? {} : { method: route.method, ...json({ metadata: 1, image_url: 1, url: 1 }) };
    for (const values of [unknown, Object.fromEntries(Object.keys(unknown).map((name) => [name, 'x']))]) {
      expect((await agentphone.refusal(pathWith(route.path, values) + search, key, init)).status).toBe(422);
    }
  });

  test('refuses input that only the schema finds malformed before an unknown id, too', async () => {
    const metadata = { a: 'x'.repeat(17_000) };
    const image_url = 'http://example.com/1.png';
    for (const id of [unknown.conversation_id, 'conv_x', ids.conversation_id]) {
      const path = `/v1/conversations/${id}`;
      expect((await agentphone.refusal(path, key, { method: 'PATCH', ...json({ metadata }) })).status).toBe(422);
      expect((await agentphone.refusal(`${path}/background`, key, { method: 'POST', ...json({ image_url }) })).status).toBe(422);
    }
  });

  test.each(['/v1', '/v1/conversation', '/v1/conversations/', '/agentphone/', '/agentphone/conversations', '/v1/agent', '/v1/numbers/'])(
    'unknown path %s',
    async (path) => {
      for (const method of ['GET', 'POST', 'DELETE']) {
        const { status, body } = await agentphone.refusal(path, key, { method });
        expect([status, body]).toEqual([404, failure('NOT_FOUND', 'not_found')]);
      }
    },
  );
});

describe('choice of the contract', () => {
  test('chooses the contract by the key’s prefix on a bare path', async () => {
    const bare = await (await parley.fetch('/v1/conversations', key)).json();
    expect(bare).toEqual(await agentphone.conversations(tenant.key));
    expect(await (await parley.fetch('/v1/conversations', tenant.key)).json()).toHaveProperty('success', true);
    expect(await (await parley.fetch('/v1/conversations', null)).json()).toHaveProperty('success', false);
  });
});

test('answers 413 for a body over 4 MiB, after checking the key and before the path', async () => {
  const body = JSON.stringify({ metadata: { a: 'x'.repeat(4 * 1024 * 1024) } });
  const init = { method: 'PATCH', body, headers: { 'content-type': 'application/json' } };
  for (const id of [ids.conversation_id, 'x']) {
    const refused = await agentphone.refusal(`/v1/conversations/${id}`, key, init);
    expect([refused.status, refused.body]).toEqual([413, failure('PAYLOAD_TOO_LARGE', 'invalid_request')]);
    expect((await agentphone.refusal(`/agentphone/v1/conversations/${id}`, null, init)).status).toBe(401);
  }
});

/** Returns headers, without those that differ between answers. */
function fixed(headers: Headers | undefined) {
  return stableHeaders(headers ?? []);
}

/** Malformed ids, made from good ones. */
function malformedIds({ conversation_id: good = '' }: Record<string, string>): string[] {
  const types: NodeType[] = ['Message', 'Organization', 'Participant'];
  return [
    'x',
    'null',
    'undefined',
    '%',
    '%00',
    '%E0%A4%A',
    '👍',
    '%2E%2E%2F',
    'conv_',
    'CONV_x',
    uuid,
    good.slice(5),
    good.slice(0, -1),
    `${good}A`,
    `${good}=`,
    ` ${good}`,
    good.replace('conv_', 'num_'),
    good.replace('conv_', 'agt_'),
    'conv_'.repeat(2_000),
    ...types.map((type) => `conv_${encodeId(type, uuid)}`),
  ];
}

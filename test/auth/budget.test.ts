// One budget for each key, spent over GraphQL and REST. The tests control the clock.
import { afterEach, beforeAll, beforeEach, describe, expect, test, vi } from 'vitest';
import { newSecret } from '../../src/auth/secret.ts';
import { createApiKey } from '../../src/modules/api-key/commands/create.ts';
import { post } from '../graphql/post.ts';
import { transports } from '../modules/change/stream.ts';
import { cases, type Ids, initOf, pathOf, tenantWithIds, unknownIds } from '../rest/all-routes.ts';
import { variablesFor } from '../rest/recipe.ts';
import { type Tenant, useApp } from '../support/harness.ts';
import { phoneLine } from '../support/lines.ts';

const parley = useApp({ budgetPerMinute: 1_000_000 });
let tenant: Tenant;
let ids: Ids;

beforeAll(async () => {
  ({ tenant, ids } = await tenantWithIds(parley));
});
beforeEach(() => {
  vi.useFakeTimers({ toFake: ['Date'] });
});
afterEach(() => {
  vi.useRealTimers();
});

const pass = (ms: number) => vi.setSystemTime(Date.now() + ms);
const keyWith = (budget: number | null) => parley.key(tenant.id, undefined, null, budget);
const graphql = (key: string, query: string, variables: object = {}) => post(parley, key, JSON.stringify({ query, variables }));
const conversations = (first: number) => `{ conversations(first: ${first}) { nodes { id } } }`;

function budgetOf(headers: Headers) {
  const [limit, remaining, reset] = ['Limit', 'Remaining', 'Reset'].map((name) => headers.get(`RateLimit-${name}`));
  return limit == null ? null : { limit: Number(limit), remaining: Number(remaining), reset: Number(reset) };
}
const remainingOf = ({ headers }: { headers: Headers }) => budgetOf(headers)?.remaining ?? Number.NaN;

describe.each(cases)('$title', (each) => {
  test('costs as much as its GraphQL operation, from the same budget', async () => {
    const key = await keyWith(null);
    const rest = await parley.fetch(pathOf(each, ids), key, initOf(each));
    expect(rest.status).toBe(each.route.status);
    const { document } = each.operation['x-graphql'];
    const body = { ...each.operation.requestBody?.content['application/json'].example };
    const given = { path: ids[each.contract.name] ?? {}, query: {}, body };
    const operation = await graphql(key, document, variablesFor(each, given) as object);
    const { cost } = (operation.answer as { extensions?: { cost: { price: number } } }).extensions ?? { cost: { price: 0 } };
    expect(cost.price).toBeGreaterThan(0);
    expect(budgetOf(rest.headers)).toEqual({ limit: 1_000_000, remaining: 1_000_000 - cost.price, reset: 60 });
    expect(remainingOf(operation)).toBe(1_000_000 - 2 * cost.price);
  });
});

const limited = {
  agentmessage: (request_id: string | null) => ({
    success: false,
    error: { code: 'RATE_LIMITED', message: 'rate limited', request_id },
  }),
  agentphone: () => ({
    detail: 'Rate limit exceeded',
    error: { message: 'Rate limit exceeded', code: 'RATE_LIMIT_EXCEEDED', type: 'rate_limit_error' },
  }),
  ziik: () => ({ error: { code: 'too_many_requests', message: 'Too many requests', is_ziik_error: true } }),
};
const paths = { agentmessage: '/agentmessage/v1/conversations', agentphone: '/agentphone/v1/conversations', ziik: '/ziik/conversations' };

describe('a key that has spent its budget', () => {
  test.each(Object.keys(paths) as (keyof typeof paths)[])(
    'is refused by %s in its documented shape, until the minute ends',
    async (contract) => {
      const key = await keyWith(100);
      expect(remainingOf(await graphql(key, conversations(150)))).toBe(0);
      pass(17_500);
      const refused = await parley.fetch(paths[contract], key);
      expect([refused.status, await refused.json()]).toEqual([429, limited[contract](refused.headers.get('x-request-id'))]);
      expect(refused.headers.get('retry-after')).toBe('43');
      expect(budgetOf(refused.headers)).toEqual({ limit: 100, remaining: 0, reset: 43 });
      if (contract === 'agentphone') expect(Number(refused.headers.get('x-ratelimit-reset'))).toBe(Math.ceil(Date.now() / 1_000) + 43);
      pass(42_500);
      expect((await parley.fetch(paths[contract], key)).status).toBe(200);
    },
  );

  test('is refused by GraphQL with RATE_LIMITED and 429', async () => {
    const key = await keyWith(100);
    expect((await graphql(key, conversations(99))).status).toBe(200);
    const { status, headers, answer } = await graphql(key, conversations(1));
    expect(status).toBe(429);
    expect(headers.get('retry-after')).toBe('60');
    expect(answer).toEqual({
      errors: [
        {
          message: 'this API key has spent its budget of 100 a minute: try again in 60 seconds',
          extensions: { code: 'RATE_LIMITED', retryAfter: 60, requestId: headers.get('x-request-id') },
        },
      ],
      extensions: { cost: { price: 2, limit: 100_000 } },
    });
    // The refused mutation changed nothing.
    const rename = 'mutation { createAgent(input: { externalId: "late", name: "Late" }) { agent { name } } }';
    expect((await graphql(key, rename)).status).toBe(429);
    expect((await parley.graphql(tenant.key, '{ agents { nodes { name } } }')).data.agents.nodes).not.toContainEqual({ name: 'Late' });
  });

  test('still gets the own refusal of a request that runs no operation', async () => {
    const key = await keyWith(1);
    await graphql(key, conversations(1));
    const malformed = await parley.fetch('/agentmessage/v1/conversations?limit=0', key);
    expect([malformed.status, budgetOf(malformed.headers)]).toEqual([422, { limit: 1, remaining: 0, reset: 60 }]);
  });

  test('does not affect other keys of its organization', async () => {
    const [spent, other] = [await keyWith(10), await keyWith(10)];
    await graphql(spent, conversations(10));
    expect((await graphql(spent, conversations(1))).status).toBe(429);
    expect((await graphql(other, conversations(1))).status).toBe(200);
  });
});

test('runs an operation above the whole budget once in a minute', async () => {
  const key = await keyWith(10);
  for (let minute = 0; minute < 2; minute++) {
    expect((await graphql(key, conversations(200))).status).toBe(200);
    expect((await graphql(key, conversations(200))).status).toBe(429);
    pass(60_000);
  }
});

test('counts operations that arrive together', async () => {
  const key = await keyWith(25);
  const answers = await Promise.all(Array.from({ length: 8 }, () => graphql(key, conversations(9))));
  expect(answers.filter(({ status }) => status === 200)).toHaveLength(3);
  expect(answers.filter(({ status }) => status === 429)).toHaveLength(5);
});

test('charges 1 for a request that runs no operation', async () => {
  const key = await keyWith(1_000);
  const reader = await parley.key(tenant.id, ['messages:ingest'], null, 1_000);
  const { id = '' } = unknownIds.agentmessage ?? {};
  const costs = {
    'a malformed parameter': () => parley.fetch('/agentmessage/v1/conversations?limit=0', key),
    'an operation that is too expensive': () =>
      graphql(key, '{ conversations(first: 200) { nodes { messages(first: 200) { nodes { reactions { type } } } } } }'),
    'a document that does not parse': () => graphql(key, '{'),
    'a document that does not validate': () => graphql(key, '{ nothing }'),
    'no row': () => graphql(key, '{ __typename }'),
    'the schema': () => parley.fetch('/schema.graphql', key),
    'a body that is no JSON': () => post(parley, key, '{'),
  };
  let left = 1_000;
  for (const [name, send] of Object.entries(costs)) {
    left -= 1;
    expect(remainingOf(await send()), name).toBe(left);
  }
  const forbidden = await parley.fetch('/agentmessage/v1/conversations', reader);
  expect([forbidden.status, remainingOf(forbidden)]).toEqual([403, 999]);
  const missing = await parley.fetch(`/agentmessage/v1/conversations/${id}/messages`, key);
  expect([missing.status, remainingOf(missing)]).toEqual([404, expect.any(Number)]);
});

test('gives a key without a budget the default one; an unlimited key has no headers', async () => {
  expect(budgetOf((await graphql(await keyWith(null), conversations(1))).headers)?.limit).toBe(1_000_000);
  const unlimited = await keyWith(0);
  for (const first of [200, 200]) {
    const { status, headers } = await graphql(unlimited, conversations(first));
    expect([status, budgetOf(headers)]).toEqual([200, null]);
  }
  expect(budgetOf((await parley.fetch('/ziik/conversations', unlimited)).headers)).toBeNull();
  expect(budgetOf((await parley.fetch('/ziik/conversations', null)).headers)).toBeNull();
});

test('gives a new key the budget of its maker, and a rotated key its own', async () => {
  const maker = await keyWith(77);
  const made = await graphql(
    maker,
    'mutation { createApiKey(input: { name: "child", scopes: ["conversations:read"] }) { secret apiKey { id } } }',
  );
  const { secret, apiKey } = made.answer.data.createApiKey;
  expect(budgetOf((await graphql(secret, conversations(1))).headers)?.limit).toBe(77);
  const rotate = 'mutation ($id: ID!) { rotateApiKey(input: { id: $id }) { secret } }';
  const rotated = (await graphql(tenant.key, rotate, { id: apiKey.id })).answer.data.rotateApiKey.secret;
  expect(budgetOf((await graphql(rotated, conversations(1))).headers)?.limit).toBe(77);
});

test('rejects a negative budget in the database', async () => {
  const key = {
    secret: newSecret('agentmessage'),
    name: 'x',
    scopes: ['conversations:read'] as const,
    expiresAt: null,
    budgetPerMinute: -1,
  };
  await expect(createApiKey(parley.app.database, tenant.id, key)).rejects.toThrow(/api_keys_budget_per_minute_check/);
});

describe.each(transports)('a subscription over %s', (_name, open) => {
  const recorded = 'subscription ($after: String) { messageRecorded(after: $after) { cursor message { body } } }';
  const record = (body: string) => parley.importLines(tenant, [phoneLine({ body })]);

  test('spends its cost at the start and with each event, ends when nothing is left, and can continue after the minute', async () => {
    // Its cost is 2: the event and its message. A budget of 5 is enough for the start and two events.
    const key = await keyWith(5);
    const stream = await open(parley.app, key, recorded);
    await record('first');
    const first = await stream.take();
    await record('second');
    const second = await stream.take();
    expect([first.message.body, second.message.body]).toEqual(['first', 'second']);
    await record('third');
    const refused = await stream.next();
    expect(refused).toMatchObject({ errors: [{ extensions: { code: 'RATE_LIMITED', retryAfter: 60 } }] });
    expect(refused?.data ?? null).toBeNull();
    expect(await stream.next()).toBeNull();

    const early = await open(parley.app, key, recorded, { after: second.cursor });
    expect(await early.next()).toMatchObject({ errors: [{ extensions: { code: 'RATE_LIMITED', retryAfter: 60 } }] });
    expect(await early.next()).toBeNull();
    pass(60_000);
    const later = await open(parley.app, key, recorded, { after: second.cursor });
    expect((await later.take()).message.body).toBe('third');
    await later.close();
  });
});

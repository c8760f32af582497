// Input that breaks this contract's own rules. Input that any contract refuses is in all-routes-malformed.test.ts.
import { beforeAll, describe, expect, test } from 'vitest';
import type { z } from 'zod';
import { agentphone as contract } from '../../../src/rest/agentphone/contract.ts';
import type { Route } from '../../../src/rest/kit/route.ts';
import { type Tenant, useApp } from '../../support/harness.ts';
import { phoneLine } from '../../support/lines.ts';
import { client, json, malformed } from './client.ts';

const parley = useApp();
const agentphone = client(parley);
let tenant: Tenant;
let ids: Record<string, string>;

beforeAll(async () => {
  tenant = await parley.tenant();
  await parley.importLines(tenant, [phoneLine({ agent: { externalId: 'ada', name: 'Ada' } })]);
  const [conversation] = (await agentphone.conversations(tenant.key)).data;
  await parley.fetch('/agentphone/v1/webhooks', tenant.key, { method: 'POST', ...json({ url: 'https://example.com/hook' }) });
  ids = {
    conversation_id: String(conversation?.id),
    agent_id: String(conversation?.agentId),
    number_id: String(conversation?.phoneNumberId),
  };
});

const title = ({ method, path }: Route) => `${method} ${path}`;

describe.each(contract.routes.filter(({ query }) => Object.keys(query.shape).length > 0).map((route) => [title(route), route] as const))(
  '%s',
  (_title, route) => {
    test('names every malformed parameter at once', async () => {
      const rules = Object.entries<z.ZodType>(route.query.shape);
      const names = rules.map(([name]) => name);
      // A parameter for any text refuses U+0000.
      const search = rules.map(([name, rule]) => `${name}=${rule.safeParse('x').success ? '%00' : 'x'}`);
      const { status, body } = await refused(route, `?${search.join('&')}`);
      expect([status, body]).toEqual([422, malformed('query', ...names)]);
    });

    test.each(['?', '?unknown=%FF', '?unknown=1&unknown=2', '?LIMIT=x', '?constructor=1&__proto__=2', '?%FF=1'])(
      'ignored: %s',
      async (search) => {
        expect((await parley.fetch(urlOf(route, search), tenant.key, { method: route.method })).status).toBe(200);
      },
    );
  },
);

/** Texts that no key contains. */
const bad = ['{"a":"\\udc00"}', '{"a\\u0000":1}', `${'['.repeat(99)}${']'.repeat(99)}`];
const keys: Record<string, string[]> = {
  metadata: [
    '"text"',
    '"\\u0000"',
    '"\\ud800"',
    '{"a":1e400}',
    '{"a":9007199254740993}',
    `{"a":"${'x'.repeat(16_384)}"}`,
    `${'{"a":'.repeat(9)}1${'}'.repeat(9)}`,
  ],
  url: [
    '""',
    '"x"',
    '"http://example.com/hook"',
    '"https://127.0.0.1/"',
    '"https://localhost/"',
    '"https://[::ffff:169.254.169.254]/"',
    '"https://me:secret@example.com/"',
    `"https://example.com/${'x'.repeat(2_083)}"`,
  ],
  contextLimit: ['-1', '51', '1.5', '"5"', 'true', '4294967296'],
  timeout: ['4', '121', '30.5', '"30"', '[]'],
  image_url: [
    '""',
    '"x"',
    '"http://example.com/1.png"',
    '"data:image/png;base64,AA=="',
    '"javascript:alert(1)"',
    '"//example.com/1.png"',
    '"https://"',
    '"https:example.com"',
    '" https://example.com/1.png"',
    '"https://example.com/a b.png"',
    `"https://example.com/${'x'.repeat(4_096)}"`,
  ],
};

const withBody = contract.routes.filter((route) => route.body !== null);

describe.each(withBody.map((route) => [title(route), route] as const))('%s', (_title, route) => {
  const names = Object.keys(route.body?.shape ?? {});

  test.each(names.flatMap((name) => [...bad, ...(keys[name] ?? [])].map((value) => [name, value] as const)))(
    '%s: %s',
    async (name, value) => {
      const rest = names.includes('url') && name !== 'url' ? '"url":"https://example.com/hook",' : '';
      const { status, body } = await refused(route, '', `{${rest}"${name}":${value}}`);
      expect([status, body]).toEqual([422, malformed('body', name)]);
    },
  );

  test.each(['application/x-www-form-urlencoded', 'multipart/form-data; boundary=x', 'application/jsonp', ''])(
    'sent as %j',
    async (type) => {
      const { status } = await refused(route, '', '{"metadata":{"a":1},"image_url":"https://example.com/1.png"}', type);
      expect(status).toBe(422);
    },
  );
});

test('refuses a body without image_url', async () => {
  const [route] = withBody.filter(({ path }) => path.endsWith('/background'));
  expect(route && (await refused(route, '', '{}')).body).toEqual(malformed('body', 'image_url'));
});

test('changes nothing with any of these requests', async () => {
  const { data } = await parley.graphql(tenant.key, '{ conversations { nodes { metadata background { id } } } }');
  expect(data.conversations.nodes).toEqual([{ metadata: null, background: null }]);
});

function urlOf({ path }: Route, search: string): string {
  return `/agentphone${path.replaceAll(/\{(\w+)\}/g, (_, name) => ids[name] ?? '')}${search}`;
}

function refused(route: Route, search: string, body?: string, type = 'application/json') {
  const init = body === undefined ? {} : { body, headers: { 'content-type': type } };
  return agentphone.refusal(urlOf(route, search), tenant.key, { method: route.method, ...init });
}

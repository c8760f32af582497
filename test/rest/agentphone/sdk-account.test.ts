// The calls that the vendor's MCP server makes for `list_numbers`, `list_agents`, `get_agent`, `list_contacts` and `account_overview`, with the vendor's
// client against a real port. Every path that this client knows is either served or refused by name.
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { type AgentPhone, AgentPhoneClient, AgentPhoneError } from 'agentphone';
import { beforeAll, describe, expect, expectTypeOf, test } from 'vitest';
import type { z } from 'zod';
import type { agent } from '../../../src/rest/agentphone/agents.ts';
import type { contact } from '../../../src/rest/agentphone/contacts.ts';
import { agentphone as contract } from '../../../src/rest/agentphone/contract.ts';
import type { number } from '../../../src/rest/agentphone/numbers.ts';
import { type Tenant, useApp } from '../../support/harness.ts';
import { phoneLine } from '../../support/lines.ts';
import { client } from './client.ts';
import { usePorts } from './port.ts';

const parley = useApp();
const helper = client(parley);
const listen = usePorts();
const root = join(import.meta.dirname, '../../../node_modules/agentphone/dist/cjs/api');
let tenant: Tenant;
let address: string;

beforeAll(async () => {
  address = await listen(parley.app.handler);
  tenant = await parley.tenant();
  await parley.importLines(
    tenant,
    Array.from({ length: 22 }, (_, index) =>
      phoneLine({
        phoneNumber: `+1555000${1000 + index}`,
        contactNumber: `+1555010${1000 + index}`,
        agent: { externalId: `agent ${index}`, name: `Agent ${index}` },
      }),
    ),
  );
});

/** Returns the keys of an interface of the SDK, and whether each is optional. */
function keysOf(type: string): Map<string, boolean> {
  const [, body = ''] = readFileSync(join(root, `types/${type}.d.ts`), 'utf8').match(/export interface \w+ \{([\s\S]*?)\n\}/) ?? [];
  return new Map([...body.matchAll(/^ {4}(\w+)(\??):/gm)].map(([, name = '', optional]) => [name, optional === '?']));
}

function expectKeys(type: string, value: object | undefined): void {
  const keys = keysOf(type);
  expect(keys.size).toBeGreaterThan(1);
  const given = Object.keys(value ?? {});
  expect(given.filter((name) => !keys.has(name))).toEqual([]);
  expect([...keys].filter(([name, optional]) => !optional && !given.includes(name))).toEqual([]);
}

test('has the shapes of the SDK’s types', () => {
  expectTypeOf<z.output<typeof number>>().toExtend<AgentPhone.PhoneNumberResponse>();
  expectTypeOf<z.output<typeof agent>>().toExtend<AgentPhone.AgentResponse>();
  expectTypeOf<z.output<typeof contact>>().toExtend<AgentPhone.ContactResponse>();
});

describe.each([
  ['its mount', '/agentphone'],
  ['the bare path', ''],
])('through %s', (_name, mount) => {
  let sdk: AgentPhoneClient;

  beforeAll(async () => {
    sdk = new AgentPhoneClient({ baseUrl: address + mount, token: await helper.key(tenant) });
  });

  test('answers list_numbers, and one number', async () => {
    const page = await sdk.numbers.listNumbers();
    expect([page.data.length, page.hasMore, page.total]).toEqual([20, true, 22]);
    expectKeys('PhoneNumberListResponse', page);
    const rest = await sdk.numbers.listNumbers({ offset: 20 }, { queryParams: { limit: 100 } });
    expect([rest.data.length, rest.hasMore]).toEqual([2, false]);
    for (const each of [...page.data, ...rest.data]) expectKeys('PhoneNumberResponse', each);
    const [first] = page.data;
    expect(await sdk.numbers.getNumber({ number_id: String(first?.id) })).toEqual(first);
  });

  test('answers list_agents and get_agent', async () => {
    const page = await sdk.agents.listAgents();
    expect([page.data.length, page.total]).toEqual([20, 22]);
    expectKeys('AgentListResponse', page);
    const rest = await sdk.agents.listAgents({ offset: 20 });
    for (const each of [...page.data, ...rest.data]) expectKeys('AgentResponse', each);
    expect(new Set([...page.data, ...rest.data].map(({ name }) => name)).size).toBe(22);
    const [first] = page.data;
    expect(await sdk.agents.getAgent({ agent_id: String(first?.id) })).toEqual(first);
  });

  test('answers list_contacts', async () => {
    const page = await sdk.contacts.listContacts({ limit: 21 });
    expect([page.data.length, page.hasMore, page.total]).toEqual([21, true, 22]);
    expectKeys('ContactListResponse', page);
    for (const each of page.data) expectKeys('ContactResponse', each);
    const found = await sdk.contacts.listContacts({ offset: 0 }, { queryParams: { search: '5550101003' } });
    expect(found.data.map(({ phoneNumber }) => phoneNumber)).toEqual(['+15550101003']);
  });

  test('answers account_overview', async () => {
    const [agents, numbers, conversations] = await Promise.all([
      sdk.agents.listAgents(),
      sdk.numbers.listNumbers(),
      sdk.conversations.listConversations(),
    ]);
    expect([agents.total, numbers.total, conversations.total]).toEqual([22, 22, 22]);
    const [conversation] = conversations.data;
    expectKeys('AppRoutesConversationsConversationSummary', conversation);
    expect(await sdk.agents.getAgent({ agent_id: String(conversation?.agentId) })).toHaveProperty('id', conversation?.agentId);
    const { phoneNumber } = await sdk.numbers.getNumber({ number_id: String(conversation?.phoneNumberId) });
    expect(phoneNumber).toBe(conversation?.phoneNumber);
  });

  test('answers 403 for a sub-account', async () => {
    const slice = { 'X-Sub-Account-Id': 'sub_1' };
    await expect(sdk.numbers.listNumbers(slice)).rejects.toMatchObject({ statusCode: 403 });
    await expect(sdk.agents.listAgents(slice)).rejects.toMatchObject({ statusCode: 403 });
    await expect(sdk.contacts.listContacts(slice)).rejects.toMatchObject({ statusCode: 403 });
  });

  test('refuses sending, calls and usage with a message that names them', async () => {
    const refused: (() => PromiseLike<unknown>)[] = [
      () => sdk.messages.sendMessage({ agent_id: 'agt_x', to_number: '+15550000001', body: 'Hello' }),
      () => sdk.calls.createOutboundCall({ agentId: 'agt_x', toNumber: '+15550000001' }),
      () => sdk.usage.getUsage(),
      () => sdk.contacts.getContact({ contact_id: 'con_x' }),
    ];
    const message = expect.stringContaining('does not serve');
    for (const call of refused) {
      const error = await call().then(
        () => null,
        (reason: unknown) => reason,
      );
      expect(error).toBeInstanceOf(AgentPhoneError);
      expect(error).toMatchObject({ statusCode: 404, body: { detail: message, error: { code: 'NOT_FOUND', message } } });
    }
  });
});

/** Returns every path in the SDK's source, with the names of its parameters. */
const known = [
  ...new Set(
    ['agentWebhooks', 'agents', 'calls', 'contactCards', 'contacts', 'conversations', 'location', 'messages', 'numbers', 'registration']
      .concat('subAccounts', 'usage', 'webhooks')
      .flatMap((name) => [...readFileSync(join(root, `resources/${name}/client/Client.js`), 'utf8').matchAll(/["`](v1\/[^"`]*)["`]\)?,/g)])
      .map(([, path = '']) => `/${path.replaceAll(/\$\{core\.url\.encodePathParam\((\w+)\)\}/g, '{$1}')}`),
  ),
];
const pattern = (path: string) => path.replaceAll(/\{\w+\}/g, '{}');
const served = new Set(contract.routes.map(({ path }) => pattern(path)));

test('finds paths in the SDK’s source', () => {
  expect(known.length).toBeGreaterThan(40);
  expect([...served].filter((path) => !known.map(pattern).includes(path))).toEqual([]);
});

test.each(known.filter((path) => !served.has(pattern(path))))('%s is refused by name, whatever the method', async (path) => {
  for (const mount of ['', '/agentphone']) {
    for (const method of ['GET', 'POST', 'PUT', 'PATCH', 'DELETE']) {
      const key = await helper.key(tenant);
      const { status, body } = await helper.refusal(mount + path.replaceAll(/\{\w+\}/g, 'x'), key, { method });
      expect([method, status, body.error.code, body.detail]).toEqual([method, 404, 'NOT_FOUND', body.error.message]);
      expect(body.detail).toContain('does not serve');
    }
  }
});

test('answers an unknown path with the plain message', async () => {
  for (const path of ['/v1/message', '/v1/callsx', '/v1/nothing', '/v1/agents/x/nothing']) {
    expect((await helper.refusal(path, await helper.key(tenant))).body.detail).toBe('Not found');
  }
});

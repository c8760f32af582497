// Webhooks through the vendor's unmodified SDK, and what it does not show.
import { type AgentPhone, AgentPhoneClient, AgentPhoneError } from 'agentphone';
import { beforeAll, describe, expect, expectTypeOf, test } from 'vitest';
import type { z } from 'zod';
import type { delivery, webhook } from '../../../src/rest/agentphone/webhook.ts';
import { type Tenant, useApp } from '../../support/harness.ts';
import { phoneLine } from '../../support/lines.ts';
import { client, failure, json } from './client.ts';
import { usePorts } from './port.ts';

const parley = useApp();
const agentphone = client(parley);
const listen = usePorts();
const url = 'https://receiver.example.com/hook';
let address: string;
let tenant: Tenant;
let sdk: AgentPhoneClient;
let agent_id: string;

beforeAll(async () => {
  address = await listen(parley.app.handler);
  ({ tenant, sdk, agent_id } = await account());
});

/** Returns a tenant with one agent, and the SDK with its key. */
async function account() {
  const tenant = await parley.tenant();
  await parley.importLines(tenant, [phoneLine({ agent: { externalId: 'ada', name: 'Ada' } })]);
  const sdk = new AgentPhoneClient({ baseUrl: `${address}/agentphone`, token: await agentphone.key(tenant), maxRetries: 0 });
  const [agent] = (await sdk.agents.listAgents()).data;
  return { tenant, sdk, agent_id: String(agent?.id) };
}

test('has the shapes of the SDK’s types', () => {
  expectTypeOf<z.output<typeof webhook>>().toExtend<AgentPhone.WebhookResponse>();
  expectTypeOf<z.output<typeof delivery>>().toExtend<AgentPhone.WebhookDeliveryResponse>();
});

const created = {
  id: expect.stringMatching(/^wh_[\w-]{23}$/),
  url,
  secret: expect.stringMatching(/^whsec_[\w-]{43}$/),
  status: 'active',
  contextLimit: 10,
  timeout: 30,
  createdAt: expect.stringMatching(/Z$/),
};
const queued = {
  id: expect.stringMatching(/^[0-9a-f-]{36}$/),
  messageId: null,
  eventType: 'agent.message',
  channel: null,
  status: 'pending',
  httpStatus: null,
  errorMessage: null,
  responseBody: null,
  attemptCount: 0,
  lastAttemptAt: null,
  nextRetryAt: expect.any(String),
  createdAt: expect.any(String),
};
const tested = { success: true, status: 'pending', httpStatus: null, errorMessage: null };

test('creates, shows, changes, tests and deletes the webhook of the account', async () => {
  expect(await sdk.webhooks.getWebhook()).toBeNull();
  const first = await sdk.webhooks.createOrUpdateWebhook({ body: { url } });
  expect(first).toEqual(created);
  expect(Object.keys(first)).toEqual(Object.keys(created));

  const hint = (secret: string) => `whsec_…${secret.slice(-4)}`;
  expect(await sdk.webhooks.getWebhook()).toEqual({ ...first, secret: hint(first.secret) });

  const changed = await sdk.webhooks.createOrUpdateWebhook({ body: { url: `${url}/2`, contextLimit: 0, timeout: 5 } });
  expect(changed).toEqual({ ...first, url: `${url}/2`, contextLimit: 0, timeout: 5, secret: created.secret });
  expect(changed.secret).not.toBe(first.secret);
  expect(await sdk.webhooks.createOrUpdateWebhook({ body: { url, contextLimit: null } })).toMatchObject({ contextLimit: 0, timeout: 5 });

  expect(await sdk.webhooks.testWebhook()).toEqual(tested);
  expect(await sdk.webhooks.testWebhook({ agentId: agent_id })).toEqual(tested);
  const page = await sdk.webhooks.listDeliveries({ limit: 1, hours: 24 });
  expect(page).toEqual({ items: [queued], total: 2, offset: 0, limit: 1 });
  const [item] = page.items;
  expect(Object.keys(item ?? {})).toEqual(Object.keys(queued));
  const rest = await sdk.webhooks.listDeliveries({ offset: 1, hours: null });
  expect(rest).toEqual({ items: [queued], total: 2, offset: 1, limit: 50 });
  expect(rest.items[0]?.id).not.toBe(item?.id);

  expect(await sdk.webhooks.deleteWebhook()).toEqual({ success: true });
  expect(await sdk.webhooks.deleteWebhook()).toEqual({ success: true });
  expect(await sdk.webhooks.getWebhook()).toBeNull();
  expect(await sdk.webhooks.listDeliveries()).toMatchObject({ items: [], total: 0 });
});

test('an agent has a webhook of its own', async () => {
  const of = { agent_id };
  await sdk.webhooks.createOrUpdateWebhook({ body: { url } });
  expect(await sdk.agentWebhooks.getAgentWebhook(of)).toBeNull();
  expect(await sdk.agentWebhooks.listAgentDeliveries(of)).toEqual([]);

  const own = await sdk.agentWebhooks.createOrUpdateAgentWebhook({ ...of, body: { url: `${url}/ada`, contextLimit: 50, timeout: 120 } });
  expect(own).toEqual({ ...created, url: `${url}/ada`, contextLimit: 50, timeout: 120 });
  expect(await sdk.agentWebhooks.getAgentWebhook(of)).toEqual({ ...own, secret: expect.stringMatching(/^whsec_….{4}$/) });
  expect(await sdk.webhooks.getWebhook()).toMatchObject({ url });

  expect(await sdk.agentWebhooks.testAgentWebhook(of)).toEqual(tested);
  expect(await sdk.agentWebhooks.listAgentDeliveries({ ...of, limit: 10 })).toEqual([queued]);
  expect(await sdk.webhooks.listDeliveries()).toMatchObject({ total: 1 });

  expect(await sdk.agentWebhooks.deleteAgentWebhook(of)).toEqual({ success: true });
  expect(await sdk.agentWebhooks.getAgentWebhook(of)).toBeNull();
  expect(await sdk.webhooks.getWebhook()).toMatchObject({ url });
});

describe('refusals', () => {
  test('a test without a webhook, and an agent that does not exist, are 404', async () => {
    const other = await account();
    const calls = [
      () => other.sdk.webhooks.testWebhook(),
      () => other.sdk.agentWebhooks.testAgentWebhook({ agent_id: other.agent_id }),
      () => other.sdk.agentWebhooks.getAgentWebhook({ agent_id }),
      () => other.sdk.agentWebhooks.createOrUpdateAgentWebhook({ agent_id, body: { url } }),
      () => other.sdk.agentWebhooks.deleteAgentWebhook({ agent_id }),
      () => other.sdk.agentWebhooks.listAgentDeliveries({ agent_id }),
    ];
    for (const call of calls) await expect(call()).rejects.toMatchObject({ statusCode: 404 });
  });

  test('a key without the scope is 403', async () => {
    const reader = await agentphone.key(tenant, ['webhooks:read']);
    const writer = await agentphone.key(tenant, ['webhooks:write']);
    const status = async (key: string, method: string, path: string) =>
      (await agentphone.refusal(path, key, { method, ...(method === 'POST' && json({ url })) })).status;
    for (const path of ['/v1/webhooks', `/v1/agents/${agent_id}/webhook`]) {
      for (const method of ['POST', 'DELETE']) expect(await status(reader, method, path)).toBe(403);
      expect(await status(reader, 'POST', `${path}/test`)).toBe(403);
      expect(await status(writer, 'GET', path)).toBe(403);
      expect(await status(writer, 'GET', `${path}/deliveries`)).toBe(403);
      expect((await parley.fetch(path, reader)).status).toBe(200);
    }
    // Creating answers with what was created.
    expect(await status(writer, 'POST', '/v1/webhooks')).toBe(403);
  });

  test('a sub-account is 403', async () => {
    const slice = { 'X-Sub-Account-Id': 'sub_1' };
    await expect(sdk.webhooks.getWebhook(slice)).rejects.toMatchObject({ statusCode: 403 });
    await expect(sdk.webhooks.createOrUpdateWebhook({ ...slice, body: { url } })).rejects.toMatchObject({ statusCode: 403 });
  });

  test('statistics are refused by name', async () => {
    for (const call of [() => sdk.webhooks.deliveryStats(), () => sdk.webhooks.allTimeStats()]) {
      const error = await call().then(
        () => null,
        (reason: unknown) => reason,
      );
      expect(error).toBeInstanceOf(AgentPhoneError);
      expect(error).toMatchObject({ statusCode: 404, body: { detail: expect.stringContaining('does not serve') } });
    }
  });
});

describe('without a key to encrypt secrets', () => {
  const keyless = useApp({ webhookEncryptionKeys: [] });

  test('a webhook cannot be created, and the answer says what to set', async () => {
    const { key } = await keyless.tenant();
    const response = await keyless.fetch('/agentphone/v1/webhooks', key, { method: 'POST', ...json({ url }) });
    const body = await response.json();
    expect([response.status, body]).toEqual([404, failure('NOT_FOUND', 'not_found')]);
    expect(body.detail).toContain('WEBHOOK_ENCRYPTION_KEY');
    expect((await keyless.fetch('/agentphone/v1/webhooks', key)).status).toBe(200);
  });
});

// The vendor's client, unmodified, against a real port: below the mount, and on bare paths by the key's prefix.
import type { RequestListener } from 'node:http';
import { buffer } from 'node:stream/consumers';
import { AgentPhone, AgentPhoneClient, AgentPhoneError } from 'agentphone';
import { beforeAll, describe, expect, test } from 'vitest';
import { useApp } from '../../support/harness.ts';
import { phoneLine } from '../../support/lines.ts';
import { client } from './client.ts';
import { usePorts } from './port.ts';

const parley = useApp();
const helper = client(parley);
const listen = usePorts();
let address: string;
/** A proxy before the gateway; see `losingOneAnswer`. */
let lossy: string;

beforeAll(async () => {
  address = await listen(parley.app.handler);
  lossy = await listen(losingOneAnswer(address));
});

/** Passes requests on. The first answer for each method and path is lost after the work was done: the client gets 503. */
function losingOneAnswer(target: string): RequestListener {
  const lost = new Set<string>();
  return async (request, response) => {
    const { method = 'GET', url = '/', headers } = request;
    const sent = ['GET', 'HEAD'].includes(method) ? {} : { body: new Uint8Array(await buffer(request)) };
    const given = Object.fromEntries(
      ['authorization', 'content-type'].flatMap((name) => (headers[name] ? [[name, String(headers[name])]] : [])),
    );
    const answer = await fetch(target + url, { method, headers: given, ...sent });
    const body = Buffer.from(await answer.arrayBuffer());
    const first = !lost.has(`${method} ${url}`);
    lost.add(`${method} ${url}`);
    if (first) response.writeHead(503, { 'retry-after': '1' }).end('{}');
    else response.writeHead(answer.status, { 'content-type': 'application/json' }).end(body);
  };
}

const count = 27;
/** Messages of which ten share each millisecond. */
const messages = 60;

async function seeded() {
  const tenant = await parley.tenant();
  await parley.importLines(tenant, [
    ...Array.from({ length: count - 1 }, (_, index) =>
      phoneLine({ contactNumber: `+1555010${1000 + index}`, createdAt: `2026-03-01T10:00:${String(index).padStart(2, '0')}Z` }),
    ),
    ...Array.from({ length: messages }, (_, index) =>
      phoneLine({
        createdAt: `2026-04-01T10:00:00.00${Math.floor(index / 10)}Z`,
        body: String(index),
        agent: { externalId: 'ada', name: 'Ada' },
      }),
    ),
  ]);
  return tenant;
}

describe.each([
  ['its mount', '/agentphone'],
  ['the bare path', ''],
])('through %s', (_name, mount) => {
  let sdk: AgentPhoneClient;
  let conversation: AgentPhone.AppRoutesConversationsConversationSummary;
  let conversation_id: string;

  beforeAll(async () => {
    const tenant = await seeded();
    sdk = new AgentPhoneClient({ baseUrl: address + mount, token: await helper.key(tenant) });
    const [latest] = (await sdk.conversations.listConversations()).data;
    if (latest === undefined) throw new Error('there is no conversation');
    conversation = latest;
    conversation_id = latest.id;
  });

  test('pages conversations by limit and offset to the end', async () => {
    const first = await sdk.conversations.listConversations();
    expect([first.data.length, first.hasMore, first.total]).toEqual([20, true, count]);
    const seen: string[] = [];
    for (let offset = 0, more = true; more; ) {
      const page = await sdk.conversations.listConversations({ offset }, { queryParams: { limit: 10 } });
      seen.push(...page.data.map(({ id }) => id));
      offset = seen.length;
      more = page.hasMore;
    }
    expect(new Set(seen).size).toBe(count);
    expect(seen).toHaveLength(count);
  });

  test('gets a conversation with its recent messages', async () => {
    const detail = await sdk.conversations.getConversation({ conversation_id, message_limit: 5 });
    expect(detail).toMatchObject({ id: conversation_id, participant: conversation.participant, messageCount: messages, metadata: null });
    expect(detail.messages).toHaveLength(5);
    expect(detail.messages.every(({ receivedAt }) => Date.parse(receivedAt) === Date.parse(detail.lastMessageAt))).toBe(true);
  });

  test('pages by before to the end without losing or repeating a message, though ten share each millisecond', async () => {
    const seen: AgentPhone.MessageInConversation[] = [];
    for (let before: string | null = null, more = true; more; before = seen.at(-1)?.receivedAt ?? null) {
      const page: AgentPhone.MessagesListResponse = await sdk.conversations.getConversationMessages({ conversation_id, limit: 7, before });
      seen.push(...page.data);
      more = page.hasMore;
    }
    expect(seen.map(({ body }) => Number(body)).toSorted((a, b) => a - b)).toEqual(Array.from({ length: messages }, (_, index) => index));
    const times = seen.map(({ receivedAt }) => Date.parse(receivedAt));
    expect(times).toEqual(times.toSorted((a, b) => b - a));
  });

  test('reads after: null as no bound', async () => {
    const page = await sdk.conversations.getConversationMessages({ conversation_id, limit: 200, before: null, after: null });
    expect([page.data.length, page.hasMore]).toEqual([messages, false]);
  });

  test('sets, reads and clears metadata', async () => {
    const metadata = { customerName: 'Jane Doe', resolved: false, tags: ['a', { b: null }] };
    expect((await sdk.conversations.updateConversation({ conversation_id, metadata })).metadata).toEqual(metadata);
    expect((await sdk.conversations.getConversation({ conversation_id })).metadata).toEqual(metadata);
    expect((await sdk.conversations.updateConversation({ conversation_id, group_name: 'Us' })).metadata).toEqual(metadata);
    expect((await sdk.conversations.updateConversation({ conversation_id, metadata: null })).metadata).toBeNull();
    expect((await sdk.conversations.listConversations()).data[0]).toEqual(conversation);
  });

  test('sends a typing indicator', async () => {
    const answer = await sdk.conversations.sendTypingIndicator({ conversation_id });
    expect(answer).toEqual({ conversationId: conversation_id, channel: 'sms', status: 'typing indicator sent' });
  });

  test('sets a background twice and removes it twice', async () => {
    const image_url = 'https://example.com/wallpaper.jpg';
    const set = await sdk.conversations.setChatBackground({ conversation_id, image_url });
    expect(set).toMatchObject({ hasBackground: true, changed: true });
    expect(await sdk.conversations.setChatBackground({ conversation_id, image_url })).toEqual({ ...set, changed: false });
    expect(await sdk.conversations.removeChatBackground({ conversation_id })).toBeUndefined();
    expect(await sdk.conversations.removeChatBackground({ conversation_id })).toBeUndefined();
    expect(await sdk.conversations.setChatBackground({ conversation_id, image_url })).toMatchObject({ changed: true });
  });

  test('lists the conversations of an agent and the messages of a number', async () => {
    const { data, total } = await sdk.agents.listAgentConversations({ agent_id: String(conversation.agentId) });
    expect([data.map(({ id }) => id), total]).toEqual([[conversation_id], 1]);
    const { phoneNumberId: number_id, phoneNumber } = conversation;
    const page = await sdk.numbers.getMessages({ number_id, limit: 10 });
    expect([page.data.length, page.hasMore]).toEqual([10, true]);
    expect(page.data[0]).toMatchObject({ from_: conversation.participant, to: phoneNumber });
    const rest = await sdk.numbers.getMessages({ number_id, limit: 200, before: String(page.data.at(-1)?.receivedAt) });
    expect([rest.data.length, rest.hasMore]).toEqual([messages + count - 1 - 10, false]);
  });

  describe('refusals become the SDK’s errors', () => {
    const refusal = (call: Promise<unknown>) =>
      call.then(
        () => expect.fail('not refused'),
        (error: unknown) => (error instanceof AgentPhoneError ? error : Promise.reject(error)),
      );

    test('401', async () => {
      const stranger = new AgentPhoneClient({ baseUrl: address + mount, token: 'sk_live_nobody' });
      const error = await refusal(stranger.conversations.listConversations());
      expect(error).toMatchObject({ statusCode: 401, body: { error: { code: 'UNAUTHORIZED' } } });
    });

    test('403 for a sub-account', async () => {
      const error = await refusal(sdk.conversations.listConversations({ 'X-Sub-Account-Id': 'sub_1' }));
      expect(error).toMatchObject({ statusCode: 403, body: { error: { code: 'FORBIDDEN' } } });
    });

    test('404', async () => {
      for (const conversation_id of ['conversation_id', 'conv_x', 'a/b', '']) {
        expect(await refusal(sdk.conversations.getConversation({ conversation_id }))).toMatchObject({ statusCode: 404 });
      }
      expect(await refusal(sdk.agents.listAgentConversations({ agent_id: 'agt_x' }))).toMatchObject({ statusCode: 404 });
    });

    test('422', async () => {
      const error = await refusal(sdk.conversations.getConversationMessages({ conversation_id, limit: 201 }));
      expect(error).toBeInstanceOf(AgentPhone.UnprocessableEntityError);
      expect(error.body).toMatchObject({ detail: [{ loc: ['query', 'limit'], msg: expect.any(String), type: expect.any(String) }] });
      const picture = await refusal(sdk.conversations.setChatBackground({ conversation_id, image_url: 'http://example.com/1.png' }));
      expect(picture).toBeInstanceOf(AgentPhone.UnprocessableEntityError);
    });
  });
});

test('does no harm when the SDK repeats a request whose answer was lost', async () => {
  const tenant = await seeded();
  const sdk = new AgentPhoneClient({ baseUrl: `${lossy}/agentphone`, token: await helper.key(tenant) });
  const conversation_id = await helper.latest(tenant);
  const image_url = 'https://example.com/wallpaper.jpg';
  const [updated, set, typed] = await Promise.all([
    sdk.conversations.updateConversation({ conversation_id, metadata: { a: 1 } }),
    sdk.conversations.setChatBackground({ conversation_id, image_url }),
    sdk.conversations.sendTypingIndicator({ conversation_id }),
  ]);
  expect(updated.metadata).toEqual({ a: 1 });
  // The first request changed it.
  expect(set).toMatchObject({ hasBackground: true, backgroundVersion: 1, changed: false });
  expect(typed.status).toBe('typing indicator sent');
  const events = await parley.app.database.query({
    label: 'test_events',
    text: `select kind from events where organization_id = $1 and kind = 'CONVERSATION_UPDATED'`,
    values: [tenant.id],
  });
  // One event for the metadata and one for the background.
  expect(events).toHaveLength(2);
  await sdk.conversations.removeChatBackground({ conversation_id });
  expect(
    (await parley.graphql(tenant.key, '{ conversations(first: 1) { nodes { background { id } } } }')).data.conversations.nodes,
  ).toEqual([{ background: null }]);
});

import { describe, expect, onTestFinished, test, vi } from 'vitest';
import { revokeApiKey } from '../../../src/modules/api-key/commands/revoke.ts';
import { slowReaderMs } from '../../../src/modules/change/live/feed.ts';
import { type Tenant, useApp } from '../../support/harness.ts';
import { chatLine, phoneLine } from '../../support/lines.ts';
import { feedClosed } from './feed-closed.ts';
import { readable } from './readable.ts';
import { openStream, transports } from './stream.ts';

const parley = useApp();
const contact = '+15550000009';

const recorded =
  'subscription ($id: ID, $after: String) { messageRecorded(conversationId: $id, after: $after) { cursor occurredAt messageId message { id body redactedAt } conversation { id messageCount } } }';
const updated =
  'subscription ($id: ID) { conversationChanged(conversationId: $id) { changeKind conversation { id title unreadCount } conversationId messageId message { body status } } }';

const subscribe = (key: string, query = recorded, variables = {}) => openStream(parley.app, key, query, variables);

/** Returns the id of a conversation. A stream that begins later gets nothing that was recorded before. */
async function conversationOf(tenant: Tenant, contactNumber: string): Promise<string> {
  await readable(parley.app.database);
  const { data } = await parley.graphql(
    tenant.key,
    'query ($number: PhoneNumberString) { conversations(filter: { contactNumber: $number }) { nodes { id } } }',
    { number: contactNumber },
  );
  return data.conversations.nodes[0].id;
}

describe.each(transports)('over %s', (_name, open) => {
  const subscribe = (key: string, query = recorded, variables = {}) => open(parley.app, key, query, variables);

  test('sends each imported message once and in its order, however old', async () => {
    const tenant = await parley.tenant();
    const stream = await subscribe(tenant.key);
    await parley.importLines(tenant, [phoneLine({ body: 'one' }), phoneLine({ body: 'two', createdAt: '2020-01-01T00:00:00Z' })]);
    await parley.importLines(tenant, [phoneLine({ body: 'three' })]);
    expect(await stream.take()).toMatchObject({ message: { body: 'one' } });
    expect(await stream.take()).toMatchObject({ message: { body: 'two' } });
    const third = await stream.take();
    expect(third).toMatchObject({ message: { body: 'three' }, messageId: third.message.id, conversation: { messageCount: 3 } });
    expect(Math.abs(Date.parse(third.occurredAt) - Date.now())).toBeLessThan(600_000);
    await stream.close();
  });

  test('sends the messages, and every change, of one conversation only', async () => {
    const tenant = await parley.tenant();
    await parley.importLines(tenant, [phoneLine({}), phoneLine({ contactNumber: contact })]);
    const id = await conversationOf(tenant, contact);
    const messages = await subscribe(tenant.key, recorded, { id });
    const changes = await subscribe(tenant.key, updated, { id });
    const line = phoneLine({ contactNumber: contact, externalId: 'm', direction: 'outbound', status: 'sent', body: 'hello' });
    await parley.importLines(tenant, [phoneLine({ body: 'elsewhere' }), line]);
    await parley.importLines(tenant, [{ ...line, status: 'delivered' }]);
    await parley.graphql(tenant.key, 'mutation ($id: ID!) { markConversationRead(input: { id: $id }) { conversation { id } } }', { id });
    await parley.importLines(tenant, [{ ...line, deletedAt: '2026-02-01T00:00:00Z' }]);

    expect(await messages.take()).toMatchObject({ conversation: { id } });
    const seen = [await changes.take(), await changes.take(), await changes.take(), await changes.take()];
    expect(seen.map(({ changeKind }) => changeKind)).toEqual([
      'MESSAGE_RECORDED',
      'MESSAGE_UPDATED',
      'CONVERSATION_UPDATED',
      'MESSAGE_DELETED',
    ]);
    for (const event of seen) expect(event).toMatchObject({ conversationId: id, conversation: { id } });
    // Rows are loaded when the event is taken, so they are the current ones.
    expect(seen[3]).toMatchObject({ message: { body: null, status: 'DELIVERED' } });
    expect(seen[2]).toMatchObject({ message: null, messageId: null, conversation: { unreadCount: 0 } });
    await messages.close();
    await changes.close();
  });

  test("never sends another organization's events", async () => {
    const tenant = await parley.tenant();
    const other = await parley.tenant();
    const stream = await subscribe(tenant.key);
    await parley.importLines(other, [phoneLine({ body: 'theirs' })]);
    await parley.importLines(tenant, [phoneLine({ body: 'ours' })]);
    expect(await stream.take()).toMatchObject({ message: { body: 'ours' } });
    await stream.close();
  });

  test('never sends redacted content', async () => {
    const tenant = await parley.tenant(90);
    const stream = await subscribe(tenant.key);
    await parley.importLines(tenant, [phoneLine({ body: 'past its window', createdAt: '2020-01-01T00:00:00Z' })]);
    const { message } = await stream.take();
    expect(message).toMatchObject({ body: null, redactedAt: expect.any(String) });
    await stream.close();
  });

  test('sends typing indicators of the conversation only', async () => {
    const tenant = await parley.tenant();
    await parley.importLines(tenant, [phoneLine({}), phoneLine({ contactNumber: contact })]);
    const id = await conversationOf(tenant, contact);
    const stream = await subscribe(tenant.key, 'subscription ($id: ID!) { typing(conversationId: $id) { at conversation { id } } }', {
      id,
    });
    const type = 'mutation ($id: ID!) { sendTypingIndicator(input: { conversationId: $id }) { sentAt } }';
    await parley.graphql(tenant.key, type, { id: await conversationOf(tenant, '+15550000002') });
    for (const payload of [
      '',
      '{',
      'null',
      '{"organizationId":1}',
      JSON.stringify({ organizationId: tenant.id, conversationId: tenant.id, at: 'x' }),
    ]) {
      await parley.app.database.query({ label: 'test_notify', text: "select pg_notify('parley_typing', $1)", values: [payload] });
    }
    const { data } = await parley.graphql(tenant.key, type, { id });
    expect(await stream.take()).toEqual({ at: data.sendTypingIndicator.sentAt, conversation: { id } });
    await stream.close();
  });

  test('ends the stream of a revoked key with an error; that of another key continues', async () => {
    const tenant = await parley.tenant();
    const other = await parley.key(tenant.id);
    const revoked = await subscribe(other);
    const kept = await subscribe(tenant.key);
    const [, key] = await parley.app.database.prisma.apiKey.findMany({
      where: { organizationId: tenant.id },
      orderBy: { createdAt: 'asc' },
    });
    await revokeApiKey(parley.app.database, tenant.id, key?.id ?? '');
    expect(await revoked.next()).toMatchObject({
      data: null,
      errors: [{ extensions: { code: 'UNAUTHENTICATED', requestId: expect.any(String) } }],
    });
    expect(await revoked.next()).toBeNull();
    await parley.importLines(tenant, [phoneLine({ body: 'still here' })]);
    expect(await kept.take()).toMatchObject({ message: { body: 'still here' } });
    await kept.close();
  });

  test('ends the stream of a key that expires', async () => {
    // With the clock stopped, the key expires when the test says so.
    vi.useFakeTimers({ toFake: ['Date', 'setInterval', 'clearInterval'] });
    onTestFinished(() => void vi.useRealTimers());
    const tenant = await parley.tenant();
    const expiresAt = new Date(Date.now() + 3_600_000);
    const stream = await subscribe(await parley.key(tenant.id, ['conversations:read'], expiresAt));
    // Without running the timers in between: the client of a WebSocket would have to answer each ping.
    vi.setSystemTime(expiresAt.getTime() - 1);
    await parley.importLines(tenant, [phoneLine({ body: 'in time' })]);
    expect(await stream.take()).toMatchObject({ message: { body: 'in time' } });
    vi.advanceTimersByTime(1_001);
    expect(await stream.next()).toMatchObject({ errors: [{ extensions: { code: 'UNAUTHENTICATED' } }] });
    expect(await stream.next()).toBeNull();
  });

  test('reads no events once the last stream is closed', async () => {
    const tenant = await parley.tenant();
    const stream = await subscribe(tenant.key);
    await stream.close();
    await feedClosed(parley, tenant);
  });
});

test('a client that reconnects with its last cursor, over any transport, misses no event and gets none twice', async () => {
  const tenant = await parley.tenant();
  const first = await subscribe(tenant.key);
  await parley.importLines(tenant, [phoneLine({ body: 'seen' })]);
  const { cursor } = await first.take();
  await first.close();

  const missed = Array.from({ length: 1_100 }, (_, index) => phoneLine({ body: `missed ${index}`, createdAt: '2019-06-01T00:00:00Z' }));
  await parley.importLines(tenant, missed);
  const streams = await Promise.all(transports.map(([, open]) => open(parley.app, tenant.key, recorded, { after: cursor })));
  await parley.importLines(tenant, [phoneLine({ body: 'live' })]);
  for (const stream of streams)
    for (const { body } of [...missed, { body: 'live' }]) expect(await stream.take()).toMatchObject({ message: { body } });
  await parley.importLines(tenant, [chatLine({ body: 'and on' })]);
  for (const stream of streams) {
    expect(await stream.take()).toMatchObject({ message: { body: 'and on' } });
    await stream.close();
  }
});

test('a client that does not read is cut off with an error; one that reads gets everything without delay', async () => {
  // With timers stopped, no stream is cut off before the test says so.
  vi.useFakeTimers({ toFake: ['setTimeout', 'clearTimeout'], shouldClearNativeTimers: true });
  onTestFinished(() => void vi.useRealTimers());
  const tenant = await parley.tenant();
  const slow = await subscribe(tenant.key);
  const quick = await subscribe(tenant.key);
  for (let batch = 0; batch < 3; batch++) {
    await parley.importLines(
      tenant,
      Array.from({ length: 600 }, (_, index) => phoneLine({ body: `${batch * 600 + index}` })),
    );
  }
  for (let index = 0; index < 1_800; index++) expect(await quick.take()).toMatchObject({ message: { body: String(index) } });
  await parley.importLines(tenant, [phoneLine({ body: 'and on' })]);
  expect(await quick.take()).toMatchObject({ message: { body: 'and on' } });
  vi.advanceTimersByTime(slowReaderMs);
  // The first events had left the queue before.
  let answer = await slow.next();
  for (let index = 0; answer?.errors === undefined; index++) {
    expect(answer?.data.messageRecorded).toMatchObject({ message: { body: String(index) } });
    answer = await slow.next();
  }
  expect(answer).toMatchObject({ errors: [{ extensions: { code: 'CONFLICT', reason: 'TOO_SLOW' } }] });
  expect(await slow.next()).toBeNull();
  await quick.close();
});

test('a client that reads slowly is not cut off', async () => {
  vi.useFakeTimers({ toFake: ['setTimeout', 'clearTimeout'], shouldClearNativeTimers: true });
  onTestFinished(() => void vi.useRealTimers());
  const tenant = await parley.tenant();
  const stream = await subscribe(tenant.key);
  const lines = Array.from({ length: 1_000 }, (_, index) => phoneLine({ body: `${index}` }));
  await parley.importLines(tenant, lines);
  for (const [index, { body }] of lines.entries()) {
    expect(await stream.take()).toMatchObject({ message: { body } });
    if (index % 200 === 0) vi.advanceTimersByTime(slowReaderMs - 1);
  }
  await stream.close();
});

test('1,000 subscribers of one conversation run as many statements as one', async () => {
  const tenant = await parley.tenant();
  await parley.importLines(tenant, [phoneLine({})]);
  const id = await conversationOf(tenant, '+15550000002');
  // With the clock stopped, a slow machine does not exceed the times for which streams wait for a connection and rows are shared.
  const clock = vi.spyOn(performance, 'now').mockReturnValue(performance.now());
  onTestFinished(() => clock.mockRestore());
  vi.useFakeTimers({ toFake: ['setTimeout', 'clearTimeout'], shouldClearNativeTimers: true });
  onTestFinished(() => void vi.useRealTimers());
  // A key may have 250 streams.
  const keys = await Promise.all(Array.from({ length: 4 }, () => parley.key(tenant.id)));
  const streams = await Promise.all(keys.flatMap((key) => Array.from({ length: 250 }, () => subscribe(key, recorded, { id }))));
  const statements = await parley.statements(async () => {
    await parley.importLines(tenant, [phoneLine({ body: 'to all' })]);
    for (const stream of streams) expect(await stream.take()).toMatchObject({ message: { body: 'to all' }, conversation: { id } });
  });
  const loads = (label: string) => statements.filter((statement) => statement === label).length;
  expect(loads('messages')).toBe(1);
  expect(loads('conversations')).toBe(1);
  for (const stream of streams) await stream.close();
});

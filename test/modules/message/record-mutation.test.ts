import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { useApp } from '../../support/harness.ts';
import { chatLine, phoneLine } from '../../support/lines.ts';
import { ask, eventsWrittenBy } from '../conversation/conversations.ts';
import { exported, merge, wrongCounters } from './ingest/merging.ts';
import { inCapitals, outcomes, record, recordDocument } from './recording.ts';

const parley = useApp();
const database = () => parley.app.database;
const at = (day: number) => `2026-01-${String(day).padStart(2, '0')}T00:00:00Z`;
const ann = { externalId: 'ann', firstName: 'Ann', lastName: 'Lee', department: 'Sales', avatarUrl: 'https://files.test/ann.png' };

/** Every field of the import format, at least once. */
const everything = [
  phoneLine({ externalId: 'a', createdAt: at(1), body: 'é😀中\n"\\', consent: { optedIn: true, at: at(1) } }),
  phoneLine({
    externalId: 'b',
    createdAt: '2026-01-02T00:00:00.120Z',
    direction: 'outbound',
    status: 'failed',
    channel: 'rcs',
    agent: { externalId: 'bot', name: 'Bot' },
    replyTo: 'c',
    segmentCount: 7,
    metadata: { b: 1, a: [null, 'x'] },
  }),
  phoneLine({
    externalId: 'c',
    createdAt: at(3),
    body: null,
    mediaUrls: ['https://files.test/1.png'],
    reactions: [
      { type: '👍', direction: 'outbound', createdAt: at(4) },
      { type: 'ok', direction: 'inbound', fromNumber: '+15550000077', createdAt: at(4) },
    ],
  }),
  phoneLine({ externalId: 'd', createdAt: at(4), editedAt: at(5), deletedAt: at(6) }),
  phoneLine({ externalId: 'e', createdAt: at(5), body: null, redactedAt: at(6), segmentCount: 4 }),
  chatLine({
    externalId: 'f',
    author: ann,
    kind: 'service',
    attachments: [{ name: 'v', mime: 'audio/ogg', size: 2 ** 40, url: 'https://files.test/v', duration: 1.25 }],
    reactions: [{ type: 'ok', direction: 'inbound', author: ann, createdAt: at(3) }],
  }),
];

describe('like an import of the same lines', () => {
  test('writes the same messages and events; repeating it changes nothing and writes no event', async () => {
    const [recorded, imported] = [await parley.tenant(), await parley.tenant()];
    const written = await eventsWrittenBy(parley, recorded, async () => {
      expect(await outcomes(parley, recorded.key, everything)).toEqual(everything.map(() => 'CREATED'));
    });
    expect(await eventsWrittenBy(parley, imported, () => merge(database(), imported.id, everything))).toEqual(written);
    expect(await exported(database(), recorded.id)).toEqual(await exported(database(), imported.id));
    const repeated = await eventsWrittenBy(parley, recorded, async () => {
      expect(await outcomes(parley, recorded.key, everything)).toEqual(everything.map(() => 'SKIPPED'));
    });
    expect(repeated).toEqual([]);
    expect(await wrongCounters(database(), recorded.id)).toEqual([]);
  });

  test('applies several items of one message in order, with a result each', async () => {
    const [together, one] = [await parley.tenant(), await parley.tenant()];
    const line = (more: object) => phoneLine({ externalId: 'a', direction: 'outbound', status: 'sent', ...more });
    const lines = [line({}), line({}), line({ status: 'delivered' }), line({ body: 'x', editedAt: at(2) }), line({ deletedAt: at(3) })];
    const results = ['CREATED', 'SKIPPED', 'UPDATED', 'UPDATED', 'UPDATED'];
    expect(await outcomes(parley, together.key, lines)).toEqual(results);
    for (const [index, line] of lines.entries()) expect(await outcomes(parley, one.key, [line])).toEqual([results[index]]);
    expect(await exported(database(), together.id)).toEqual(await exported(database(), one.id));
  });

  test('returns any text unchanged, code point by code point', async () => {
    const tenant = await parley.tenant();
    const text = fc.string({ unit: 'binary', maxLength: 200 }).filter((body) => !body.includes('\0'));
    await fc.assert(
      fc.asyncProperty(fc.uuid(), text, async (externalId, body) => {
        expect(await record(parley, tenant.key, [phoneLine({ externalId, body })])).toMatchObject([{ message: { body } }]);
      }),
      { numRuns: 30 },
    );
  });
});

describe('each message alone', () => {
  test('refuses an invalid message with its index, field and reason, and records the others', async () => {
    const tenant = await parley.tenant();
    const results = await record(parley, tenant.key, [
      phoneLine({ externalId: 'good' }),
      phoneLine({ externalId: '' }),
      phoneLine({ body: 'x'.repeat(10_001) }),
      phoneLine({ status: 'sent' }),
      phoneLine({ contactNumber: undefined }),
      phoneLine({ reactions: [{ type: '', direction: 'inbound', createdAt: at(1) }] }),
      phoneLine({ body: 'U+0000: \0' }),
      phoneLine({ metadata: { a: { b: ['\0'] } } }),
      chatLine({ conversation: { externalId: 'chat', type: 'group' } }),
      chatLine({ conversation: { externalId: 'chat', type: 'direct' } }),
      phoneLine({ externalId: 'last', replyTo: 'good' }),
      phoneLine({ mediaUrls: Array.from({ length: 17 }, (_, index) => `https://files.test/${index}`) }),
    ]);
    const summary = results.map((each: Record<string, unknown>) => each.field ?? each.outcome);
    expect(summary).toEqual([
      'CREATED',
      'input.messages[1].externalId',
      'input.messages[2].body',
      'input.messages[3].status',
      'input.messages[4].contactNumber',
      'input.messages[5].reactions[0].type',
      'input.messages[6].body',
      'input.messages[7].metadata.a.b[0]',
      'CREATED',
      'input.messages[9].conversation.type',
      'CREATED',
      'input.messages[11].mediaUrls',
    ]);
    expect(results[3]).toMatchObject({
      outcome: 'REFUSED',
      reason: 'only an outbound message has a status',
      message: null,
      messageId: null,
    });
    expect(results[10]).toMatchObject({ field: null, reason: null, message: { replyTo: { body: 'Hello' } } });
    expect((await exported(database(), tenant.id)).size).toBe(3);
  });

  test('writes no event if all messages are invalid', async () => {
    const tenant = await parley.tenant();
    const written = await eventsWrittenBy(parley, tenant, () => record(parley, tenant.key, [phoneLine({ externalId: '' })]));
    expect(written).toEqual([]);
  });

  test.each([
    ['an instant', { createdAt: 'yesterday' }],
    ['an enum value', { direction: 'SIDEWAYS' }],
    ['a number', { phoneNumber: '+00000000' }],
    ['a link', { mediaUrls: ['http://files.test/a'] }],
    ['a size', { attachments: [{ name: 'a', mime: 'a/b', size: 2 ** 60, url: 'https://files.test/a' }] }],
    ['a field', { colour: 'red' }],
  ])('what GraphQL’s types refuse is refused whole: %s', async (_name, more) => {
    const tenant = await parley.tenant();
    const messages = [phoneLine({}), phoneLine(more)].map(inCapitals);
    const { data, errors } = await parley.graphql(tenant.key, recordDocument, { messages });
    expect(data).toBeUndefined();
    expect(errors).toMatchObject([{ message: expect.stringContaining('messages[1]'), extensions: { code: 'BAD_USER_INPUT' } }]);
    expect((await exported(database(), tenant.id)).size).toBe(0);
  });

  test('refuses an empty list and more than 1,000 messages; records 1,000', async () => {
    const tenant = await parley.tenant();
    const lines = Array.from({ length: 1_001 }, (_, index) => phoneLine({ externalId: String(index) }));
    for (const messages of [[], lines.map(inCapitals)]) {
      const { data, errors } = await parley.graphql(tenant.key, recordDocument, { messages });
      expect(data).toBeNull();
      expect(errors).toMatchObject([{ message: 'input.messages: must be 1 to 1,000', extensions: { field: 'input.messages' } }]);
    }
    const statements = await parley.statements(async () => {
      expect(new Set(await outcomes(parley, tenant.key, lines.slice(1)))).toEqual(new Set(['CREATED']));
    });
    // The payload reads all messages in one statement, and so all their authors and reactions.
    expect(statements.filter((label) => label === 'messages')).toHaveLength(1);
    expect(statements.length).toBeLessThan(40);
    expect(await wrongCounters(database(), tenant.id)).toEqual([]);
  });
});

test('links a reply to a message later in the request, and to one of a later request', async () => {
  const { key } = await parley.tenant();
  const [reply] = await record(parley, key, [phoneLine({ replyTo: 'later' }), phoneLine({ externalId: 'later', body: 'Later' })]);
  expect(reply.message.replyTo).toEqual({ body: 'Later' });
  const [waiting] = await record(parley, key, [phoneLine({ externalId: 'w', replyTo: 'much later' })]);
  expect(waiting.message.replyTo).toBeNull();
  await record(parley, key, [phoneLine({ externalId: 'much later' })]);
  const [found] = await record(parley, key, [phoneLine({ externalId: 'w', replyTo: 'much later' })]);
  expect(found).toMatchObject({ outcome: 'SKIPPED', message: { replyTo: { body: 'Hello' } } });
});

test('returns no content of a message past the retention window', async () => {
  const { key } = await parley.tenant(30);
  const [result] = await record(parley, key, [phoneLine({ createdAt: '2020-01-01T00:00:00Z' })]);
  expect(result).toMatchObject({ outcome: 'CREATED', message: { body: null, redactedAt: expect.any(String) } });
});

test('records for a key that may only ingest, and returns the ids', async () => {
  const tenant = await parley.tenant();
  const key = await parley.key(tenant.id, ['messages:ingest']);
  const document =
    'mutation ($messages: [RecordMessageInput!]!) { recordMessages(input: { messages: $messages }) { results { messageId } } }';
  const { recordMessages } = await ask(parley, key, document, { messages: [inCapitals(phoneLine({}))] });
  const [{ messageId }] = recordMessages.results;
  const { node } = await ask(parley, tenant.key, 'query ($id: ID!) { node(id: $id) { ... on Message { body } } }', { id: messageId });
  expect(node).toEqual({ body: 'Hello' });
});

test('two organizations record the same external ids separately', async () => {
  const [one, other] = [await parley.tenant(), await parley.tenant()];
  const [first] = await record(parley, one.key, [phoneLine({ externalId: 'a', body: 'one' })]);
  const [second] = await record(parley, other.key, [phoneLine({ externalId: 'a', body: 'other' })]);
  expect([first.outcome, second.outcome]).toEqual(['CREATED', 'CREATED']);
  expect(first.messageId).not.toBe(second.messageId);
});

test('records each message once when several programs send overlapping messages', async () => {
  const tenant = await parley.tenant();
  const lines = Array.from({ length: 300 }, (_, index) =>
    phoneLine({
      externalId: `m${index}`,
      createdAt: new Date(Date.UTC(2026, 0, 1, 0, index % 97)).toISOString(),
      phoneNumber: `+1555000000${index % 3}`,
      contactNumber: `+1555000010${index % 8}`,
      author: { externalId: `person ${index % 5}`, firstName: 'P', lastName: String(index % 5), department: `D${index % 2}` },
    }),
  );
  const calls = [lines.slice(0, 200), lines.slice(100).reverse(), lines.slice(50, 250), lines.slice(0, 300).reverse()];
  const all = (await Promise.all(calls.map((each) => outcomes(parley, tenant.key, each)))).flat();
  expect(all.filter((outcome) => outcome === 'CREATED')).toHaveLength(300);
  expect(new Set(all)).toEqual(new Set(['CREATED', 'SKIPPED']));
  expect(await wrongCounters(database(), tenant.id)).toEqual([]);
});

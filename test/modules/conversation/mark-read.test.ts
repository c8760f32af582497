import fc from 'fast-check';
import { expect, test } from 'vitest';
import { useApp } from '../../support/harness.ts';
import { phoneLine } from '../../support/lines.ts';
import { ask, eventsWrittenBy, onlyConversation } from './conversations.ts';

const parley = useApp();
const at = (second: number) => new Date(Date.UTC(2026, 0, 1) + second * 1_000).toISOString();
const inbound = (second: number) => phoneLine({ createdAt: at(second) });
const outbound = (second: number) => phoneLine({ createdAt: at(second), direction: 'outbound' });

async function conversationWith(lines: readonly Record<string, unknown>[]) {
  const tenant = await parley.tenant();
  await parley.importLines(tenant, lines);
  const id = await onlyConversation(parley, tenant);
  const document = `mutation ($id: ID!, $through: DateTime) { markConversationRead(input: { id: $id, through: $through }) { conversation { unreadCount } } }`;
  return {
    tenant,
    read: async (through?: string | null): Promise<number> =>
      (await ask(parley, tenant.key, document, { id, through })).markConversationRead.conversation.unreadCount,
    unread: async (): Promise<number> =>
      (await ask(parley, tenant.key, 'query ($id: ID!) { conversation(id: $id) { unreadCount } }', { id })).conversation.unreadCount,
  };
}

test('inbound messages after the mark are unread, and the mark never moves back', async () => {
  const { tenant, read, unread } = await conversationWith([inbound(1), inbound(2), outbound(3), inbound(4), inbound(4)]);
  expect(await unread()).toBe(4);
  const steps: [string | null | undefined, number, string[]][] = [
    [at(0), 4, []],
    [at(2), 2, ['CONVERSATION_UPDATED']],
    [at(2), 2, []],
    [at(1), 2, []],
    [at(3), 2, []],
    [undefined, 0, ['CONVERSATION_UPDATED']],
    [null, 0, []],
    [at(1), 0, []],
  ];
  for (const [through, left, events] of steps) {
    expect(await eventsWrittenBy(parley, tenant, async () => expect(await read(through)).toBe(left))).toEqual(events);
    expect(await unread()).toBe(left);
  }
});

test('deleted and redacted messages count as unread', async () => {
  const gone = { deletedAt: at(9) };
  const { read } = await conversationWith([inbound(1), phoneLine({ createdAt: at(2), ...gone }), inbound(3)]);
  expect(await read(at(1))).toBe(2);
});

test('messages recorded later are unread if they were sent after the mark, else read', async () => {
  const { tenant, read, unread } = await conversationWith([inbound(1)]);
  await read(at(5));
  await parley.importLines(tenant, [inbound(6), outbound(7), inbound(4)]);
  expect(await unread()).toBe(1);
});

test('a client’s wrong clock hides no future message', async () => {
  const soon = new Date(Date.now() + 3_600_000);
  const { tenant, read, unread } = await conversationWith([inbound(1)]);
  await parley.importLines(tenant, [phoneLine({ createdAt: soon.toISOString() })]);
  expect(await read()).toBe(1);
  expect(await read('9999-12-31T23:59:59Z')).toBe(0);
  await parley.importLines(tenant, [phoneLine({ createdAt: new Date(soon.getTime() + 1).toISOString() })]);
  expect(await unread()).toBe(1);
});

test('the count equals a naive count, whatever is recorded and read in whatever order', async () => {
  const second = fc.integer({ min: 0, max: 12 });
  const step = fc.oneof(
    fc.record({ lines: fc.array(fc.tuple(second, fc.boolean()), { minLength: 1, maxLength: 4 }) }),
    fc.record({ through: second }),
  );
  await fc.assert(
    fc.asyncProperty(fc.array(step, { minLength: 1, maxLength: 8 }), async (steps) => {
      const { tenant, read, unread } = await conversationWith([inbound(0)]);
      const sent = [0];
      let readThrough = -1;
      for (const each of steps) {
        if ('through' in each) {
          await read(at(each.through));
          readThrough = Math.max(readThrough, each.through);
        } else {
          await parley.importLines(
            tenant,
            each.lines.map(([time, isInbound]) => (isInbound ? inbound(time) : outbound(time))),
          );
          sent.push(...each.lines.flatMap(([time, isInbound]) => (isInbound ? time : [])));
        }
        expect(await unread()).toBe(sent.filter((time) => time > readThrough).length);
      }
    }),
    { numRuns: 20 },
  );
});

test('reading and recording at once lose nothing', async () => {
  const { tenant, read, unread } = await conversationWith([inbound(1)]);
  await Promise.all(
    Array.from({ length: 12 }, (_, index) => (index % 3 === 0 ? read(at(index)) : parley.importLines(tenant, [inbound(index + 100)]))),
  );
  expect(await unread()).toBe(8);
});

test.each(['yesterday', '2026-13-01T00:00:00Z', '0000-01-01T00:00:00Z', 7])('refuses a malformed through: %j', async (through) => {
  const { tenant } = await conversationWith([inbound(1)]);
  const id = await onlyConversation(parley, tenant);
  const { errors } = await parley.graphql(
    tenant.key,
    'mutation ($input: MarkConversationReadInput!) { markConversationRead(input: $input) { __typename } }',
    { input: { id, through } },
  );
  expect(errors).toMatchObject([{ message: expect.stringContaining('through'), extensions: { code: 'BAD_USER_INPUT' } }]);
});

import fc from 'fast-check';
import { beforeAll, describe, expect, test } from 'vitest';
import { type Tenant, useApp } from '../../support/harness.ts';
import { chatLine, phoneLine } from '../../support/lines.ts';
import { ask, eventsWrittenBy, onlyConversation } from './conversations.ts';

const parley = useApp();
let phone: Tenant;
let chat: Tenant;
let phoneId: string;
let chatId: string;

beforeAll(async () => {
  [phone, chat] = [await parley.tenant(), await parley.tenant()];
  await parley.importLines(phone, [phoneLine({})]);
  await parley.importLines(chat, [chatLine({})]);
  [phoneId, chatId] = [await onlyConversation(parley, phone), await onlyConversation(parley, chat)];
});

const document = `mutation ($input: UpdateConversationInput!) {
  updateConversation(input: $input) { conversation { id title metadata archivedAt } } }`;
const onPhone = (input: Record<string, unknown>) => ask(parley, phone.key, document, { input: { id: phoneId, ...input } });
const onChat = (input: Record<string, unknown>) => ask(parley, chat.key, document, { input: { id: chatId, ...input } });
const refused = async (input: Record<string, unknown>, field: string) => {
  const told = await eventsWrittenBy(parley, phone, async () => {
    const { data, errors } = await parley.graphql(phone.key, document, { input: { id: phoneId, ...input } });
    expect(data).toBeNull();
    expect(errors).toMatchObject([{ extensions: { code: 'BAD_USER_INPUT', field: `input.${field}` } }]);
  });
  expect(told).toEqual([]);
};

describe('metadata', () => {
  test('is replaced as a whole, null clears it, absent changes nothing; each change is one event', async () => {
    const steps: [Record<string, unknown>, unknown, string[]][] = [
      [{ metadata: { a: 1, b: { c: ['x', null, true] } } }, { a: 1, b: { c: ['x', null, true] } }, ['CONVERSATION_UPDATED']],
      [{ metadata: { b: { c: ['x', null, true] }, a: 1 } }, { a: 1, b: { c: ['x', null, true] } }, []],
      [{}, { a: 1, b: { c: ['x', null, true] } }, []],
      [{ metadata: { b: 2 } }, { b: 2 }, ['CONVERSATION_UPDATED']],
      [{ metadata: {} }, {}, ['CONVERSATION_UPDATED']],
      [{ metadata: null }, null, ['CONVERSATION_UPDATED']],
      [{ metadata: null }, null, []],
    ];
    for (const [input, metadata, events] of steps) {
      const told = await eventsWrittenBy(parley, phone, async () => {
        const { updateConversation } = await onPhone(input);
        expect(updateConversation.conversation.metadata).toEqual(metadata);
      });
      expect(told).toEqual(events);
    }
  });

  test('is returned equal, key for key, for any value', async () => {
    const key = fc.oneof(fc.string({ unit: 'binary' }), fc.constantFrom('', '__proto__', 'constructor', 'toJSON', '😀', '\u0001'));
    const number = fc.oneof(fc.double({ noNaN: true, noDefaultInfinity: true }), fc.maxSafeInteger(), fc.constantFrom(0.1, 5e-324, 1e-7));
    const leaf = fc.oneof(fc.string({ unit: 'binary' }), number, fc.boolean(), fc.constant(null));
    const { value } = fc.letrec<{ value: unknown }>((tie) => ({
      value: fc.oneof({ maxDepth: 4 }, leaf, fc.array(tie('value'), { maxLength: 3 }), fc.dictionary(key, tie('value'), { maxKeys: 3 })),
    }));
    await fc.assert(
      fc.asyncProperty(fc.dictionary(key, value, { maxKeys: 4 }), async (metadata) => {
        const text = JSON.stringify(metadata);
        fc.pre(!text.includes('\\u0000') && !/"[^"]*\\ud[89a-f]/i.test(text) && wholeNumbers(metadata).every(Number.isSafeInteger));
        const { updateConversation } = await onPhone({ metadata });
        expect(updateConversation.conversation.metadata).toEqual(JSON.parse(text));
      }),
      { numRuns: 150 },
    );
  });

  test('may be a literal of the document', async () => {
    const query = `mutation ($id: ID!, $x: String) { updateConversation(input: { id: $id, metadata: { a: { b: [1, 2.5, "c", $x, false, null] } } }) {
      conversation { metadata } } }`;
    const { updateConversation } = await ask(parley, phone.key, query, { id: phoneId, x: 'y' });
    expect(updateConversation.conversation.metadata).toEqual({ a: { b: [1, 2.5, 'c', 'y', false, null] } });
  });

  const nested = (levels: number): object => (levels === 1 ? {} : { a: nested(levels - 1) });

  test('accepts 16 KiB and 8 levels, refuses a byte or a level more', async () => {
    const fits = { a: 'é'.repeat(8_188) };
    expect(Buffer.byteLength(JSON.stringify(fits))).toBe(16_384);
    expect((await onPhone({ metadata: fits })).updateConversation.conversation.metadata).toEqual(fits);
    expect((await onPhone({ metadata: nested(8) })).updateConversation.conversation.metadata).toEqual(nested(8));
    await refused({ metadata: { a: `${fits.a}x` } }, 'metadata');
    await refused({ metadata: nested(9) }, 'metadata');
  });

  test.each([
    ['U+0000 in a value', { a: { b: 'x\0' } }],
    ['U+0000 in a key', { 'a\0': 1 }],
    ['half a surrogate in a value', { a: ['\ud800'] }],
    ['half a surrogate in a key', { '\udc00': 1 }],
    ['a whole number beyond 2^53-1', { a: 2 ** 53 }],
    ['arrays nested deep', { a: [[[[[[[['x']]]]]]]] }],
  ])('%s is refused', (_name, metadata) => refused({ metadata }, 'metadata'));

  test.each([
    ['a number beyond all', '{"a":1e400}'],
    ['a negative one', '{"a":[-1e400]}'],
    ['nesting that would not fit a stack', `${'{"a":'.repeat(50_000)}1${'}'.repeat(50_000)}`],
  ])('%s is refused', async (_name, metadata) => {
    const response = await parley.fetch('/graphql', phone.key, {
      method: 'POST',
      headers: { 'content-type': 'application/json' },
      body: `{"query":${JSON.stringify(document)},"variables":{"input":{"id":"${phoneId}","metadata":${metadata}}}}`,
    });
    expect(await response.json()).toMatchObject({ errors: [{ extensions: { code: 'BAD_USER_INPUT', field: 'input.metadata' } }] });
  });

  test.each([[[]], ['text'], [7], [true]])('%j is no object', async (metadata) => {
    const { errors } = await parley.graphql(phone.key, document, { input: { id: phoneId, metadata } });
    expect(errors).toMatchObject([{ message: expect.stringContaining('metadata'), extensions: { code: 'BAD_USER_INPUT' } }]);
  });
});

describe('title', () => {
  test('of a workplace chat is set, set to the same, cleared', async () => {
    for (const [title, events] of [
      ['Tea 🍵', ['CONVERSATION_UPDATED']],
      ['Tea 🍵', []],
      ['😀'.repeat(1_000), ['CONVERSATION_UPDATED']],
      [null, ['CONVERSATION_UPDATED']],
      [null, []],
    ] as const) {
      const told = await eventsWrittenBy(parley, chat, async () => {
        expect((await onChat({ title })).updateConversation.conversation.title).toBe(title);
      });
      expect(told).toEqual(events);
    }
  });

  test('is refused for a conversation by phone', () => refused({ title: 'Tea', metadata: { not: 'kept' } }, 'title'));

  test.each([
    ['nothing', ''],
    ['spaces', '  \n'],
    ['too much', 'x'.repeat(1_001)],
    ['U+0000', 'x\0'],
    ['half a surrogate', '\ud83d'],
    ['a line break', 'a\nb'],
  ])('%s is refused', async (_name, title) => {
    const { errors } = await parley.graphql(chat.key, document, { input: { id: chatId, title } });
    expect(errors).toMatchObject([{ extensions: { code: 'BAD_USER_INPUT', field: 'input.title' } }]);
  });
});

test('archived: sets the time once, and clears it', async () => {
  const archive = async (archived: boolean | null) => (await onPhone({ archived })).updateConversation.conversation.archivedAt;
  const inList = async (archived: boolean) =>
    (
      await ask(parley, phone.key, 'query ($archived: Boolean) { conversations(filter: { archived: $archived }) { totalCount } }', {
        archived,
      })
    ).conversations.totalCount;
  const before = await eventsWrittenBy(parley, phone, () => archive(true));
  expect(before).toEqual(['CONVERSATION_UPDATED']);
  const at = await archive(true);
  expect(Math.abs(Date.parse(at) - Date.now())).toBeLessThan(60_000);
  expect(await eventsWrittenBy(parley, phone, async () => expect(await archive(true)).toBe(at))).toEqual([]);
  expect(await eventsWrittenBy(parley, phone, async () => expect(await archive(null)).toBe(at))).toEqual([]);
  expect([await inList(true), await inList(false)]).toEqual([1, 0]);
  expect(await eventsWrittenBy(parley, phone, async () => expect(await archive(false)).toBeNull())).toEqual(['CONVERSATION_UPDATED']);
  expect(await eventsWrittenBy(parley, phone, async () => expect(await archive(false)).toBeNull())).toEqual([]);
  expect([await inList(true), await inList(false)]).toEqual([0, 1]);
});

test('several fields at once are one event', async () => {
  const told = await eventsWrittenBy(parley, chat, async () => {
    const { conversation } = (await onChat({ title: 'All', metadata: { all: true }, archived: true })).updateConversation;
    expect(conversation).toMatchObject({ title: 'All', metadata: { all: true }, archivedAt: expect.any(String) });
  });
  expect(told).toEqual(['CONVERSATION_UPDATED']);
});

function wholeNumbers(value: unknown): number[] {
  if (typeof value === 'number') return Number.isInteger(value) ? [value] : [];
  return typeof value === 'object' && value !== null ? Object.values(value).flatMap(wholeNumbers) : [];
}

import { beforeEach, expect, test } from 'vitest';
import { encodeId } from '../../../src/values/ids.ts';
import { type Tenant, useApp } from '../../support/harness.ts';
import { chatLine, phoneLine } from '../../support/lines.ts';
import { stored } from '../../support/stored.ts';
import { ask, eventsWrittenBy } from '../conversation/conversations.ts';
import { outcomes, record } from './recording.ts';

const parley = useApp();
const at = '2026-02-01T00:00:00Z';
const later = '2026-02-02T00:00:00Z';
const bob = { externalId: 'bob', firstName: 'Bob', lastName: 'Ray' };
const document = `mutation ($input: RemoveReactionInput!) { removeReaction(input: $input) {
  removed message { reactions { reactionType direction author { name } } } } }`;
const reactions = [
  { type: 'like', direction: 'inbound', createdAt: at, author: bob },
  { type: 'love', direction: 'inbound', createdAt: at, author: bob },
  { type: 'like', direction: 'inbound', createdAt: at, fromNumber: '+15550000077' },
  { type: 'like', direction: 'outbound', createdAt: at },
];
const line = phoneLine({ externalId: 'p', reactions: [...reactions, { type: 'like', direction: 'inbound', createdAt: at }] });
let tenant: Tenant;
let onPhone: string;
let onChat: string;

beforeEach(async () => {
  tenant = await parley.tenant();
  const results = await record(parley, tenant.key, [line, chatLine({ externalId: 'c', reactions })]);
  [onPhone, onChat] = results.map(({ messageId }: { messageId: string }) => messageId);
});

const remove = async (input: object) =>
  (await ask(parley, tenant.key, document, { input: { type: 'like', direction: 'INBOUND', removedAt: later, ...input } })).removeReaction;
const add = async (createdAt: string, messageId = onPhone) => {
  const query = `mutation ($input: AddReactionInput!) { addReaction(input: $input) { added message { reactions { createdAt } } } }`;
  const input = { messageId, type: 'like', direction: 'OUTBOUND', createdAt };
  return (await ask(parley, tenant.key, query, { input })).addReaction;
};

test('removes the reaction of a person, a number, the contact or the organization once, with one event', async () => {
  const steps: [object, string][] = [
    [{ authorExternalId: 'bob' }, 'Bob Ray'],
    [{ fromNumber: '+15550000077' }, '+15550000077'],
    [{}, '+15550000002'],
    [{ direction: 'OUTBOUND' }, 'Test organization'],
  ];
  for (const [index, [input, name]] of steps.entries()) {
    const written = await eventsWrittenBy(parley, tenant, async () => {
      const { removed, message } = await remove({ messageId: onPhone, ...input });
      expect(removed).toBe(true);
      expect(message.reactions).toHaveLength(reactions.length - index);
      expect(message.reactions).not.toContainEqual(expect.objectContaining({ reactionType: 'like', author: { name } }));
      expect(message.reactions).toContainEqual({ reactionType: 'love', direction: 'INBOUND', author: { name: 'Bob Ray' } });
    });
    expect(written).toEqual(['MESSAGE_UPDATED']);
    const repeated = await eventsWrittenBy(parley, tenant, async () => {
      expect((await remove({ messageId: onPhone, ...input })).removed).toBe(false);
    });
    expect(repeated).toEqual([]);
  }
  expect((await remove({ messageId: onChat, authorExternalId: 'bob' })).removed).toBe(true);
});

test('returns false if the message does not have the reaction, and changes nothing', async () => {
  const before = await stored(parley.app.database, tenant.id);
  for (const input of [{ authorExternalId: 'nobody' }, { fromNumber: '+15550000078' }])
    expect((await remove({ messageId: onPhone, ...input })).removed).toBe(false);
  expect(await stored(parley.app.database, tenant.id)).toEqual(before);
});

test('keeps a reaction that is later than the removal', async () => {
  const { removed, message } = await remove({ messageId: onPhone, direction: 'OUTBOUND', removedAt: '2026-01-31T23:59:59Z' });
  expect(removed).toBe(false);
  expect(message.reactions).toHaveLength(5);
  expect((await remove({ messageId: onPhone, direction: 'OUTBOUND', removedAt: at })).removed).toBe(true);
});

test('a repeated line does not bring the reaction back; a later reaction is added', async () => {
  await remove({ messageId: onPhone, direction: 'OUTBOUND' });
  expect(await outcomes(parley, tenant.key, [line])).toEqual(['SKIPPED']);
  expect(await add(at)).toMatchObject({ added: false });
  expect(await add(later)).toMatchObject({ added: false });
  const added = await add('2026-02-02T00:00:01Z');
  expect(added.added).toBe(true);
  expect(added.message.reactions).toHaveLength(5);
  // The removal arrives a second time.
  expect((await remove({ messageId: onPhone, direction: 'OUTBOUND' })).removed).toBe(false);
});

test('a removal that arrives before its reaction counts; one with a time in the future counts until now', async () => {
  await remove({ messageId: onPhone, direction: 'OUTBOUND', removedAt: new Date(Date.now() + 80_000_000).toISOString() });
  expect(await add(new Date(Date.now() - 86_400_000).toISOString())).toMatchObject({ added: false });
  expect(await add(new Date(Date.now() + 80_000_000).toISOString())).toMatchObject({ added: true });
  await record(parley, tenant.key, [phoneLine({ externalId: 'q', direction: 'outbound' })]);
  const { searchMessages } = await ask(
    parley,
    tenant.key,
    '{ searchMessages(query: "hello", first: 1, filter: { direction: OUTBOUND }) { nodes { id } } }',
  );
  const [{ id }] = searchMessages.nodes;
  expect((await remove({ messageId: id, direction: 'OUTBOUND' })).removed).toBe(false);
  expect(await add(at, id)).toMatchObject({ added: false });
});

test('removes reactions of deleted and redacted messages', async () => {
  await parley.importLines(tenant, [{ ...line, deletedAt: later }, chatLine({ externalId: 'c', body: null, redactedAt: later })]);
  expect(await remove({ messageId: onPhone })).toEqual({ removed: true, message: { reactions: [] } });
  const { removed, message } = await remove({ messageId: onChat, authorExternalId: 'bob' });
  expect(removed).toBe(true);
  expect(message.reactions).toHaveLength(reactions.length - 1);
});

test('concurrent requests remove a reaction once', async () => {
  const all = await Promise.all(Array.from({ length: 6 }, () => remove({ messageId: onPhone })));
  expect(all.filter(({ removed }) => removed)).toHaveLength(1);
});

test.each([
  ['an empty type', { type: '' }, 'BAD_USER_INPUT', 'input.type'],
  ['too long a type', { type: 'x'.repeat(101) }, 'BAD_USER_INPUT', 'input.type'],
  ['U+0000 in the type', { type: '\0' }, 'BAD_USER_INPUT', 'input.type'],
  ['too long an id of the author', { authorExternalId: 'x'.repeat(201) }, 'BAD_USER_INPUT', 'input.authorExternalId'],
  ['U+0000 in the id of the author', { authorExternalId: '\0' }, 'BAD_USER_INPUT', 'input.authorExternalId'],
  ['nobody, in a chat', {}, 'BAD_USER_INPUT', 'input.authorExternalId'],
  ['no id', { messageId: 'x' }, 'BAD_USER_INPUT', 'input.messageId'],
  ['no message', { messageId: encodeId('Message', '7c1f0a2d-9e8b-4c3a-9d2e-1f0a2b3c4d5e') }, 'NOT_FOUND', undefined],
])('%s is refused, and changes nothing', async (_name, wrong, code, field) => {
  const before = await stored(parley.app.database, tenant.id);
  const { data, errors } = await parley.graphql(tenant.key, document, {
    input: { messageId: onChat, type: 'like', direction: 'INBOUND', removedAt: later, ...wrong },
  });
  expect(data).toBeNull();
  expect(errors).toMatchObject([{ extensions: { code } }]);
  expect(errors?.[0]?.extensions.field).toBe(field);
  expect(await stored(parley.app.database, tenant.id)).toEqual(before);
});

test('answers NOT_FOUND for a message of another organization', async () => {
  const stranger = await parley.tenant();
  const input = { messageId: onPhone, type: 'like', direction: 'INBOUND', removedAt: later };
  const { errors } = await parley.graphql(stranger.key, document, { input });
  expect(errors).toMatchObject([{ message: 'there is no such message', extensions: { code: 'NOT_FOUND' } }]);
});

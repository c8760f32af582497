import { beforeEach, expect, test } from 'vitest';
import { encodeId } from '../../../src/values/ids.ts';
import { type Tenant, useApp } from '../../support/harness.ts';
import { chatLine, phoneLine } from '../../support/lines.ts';
import { ask, eventsWrittenBy } from '../conversation/conversations.ts';
import { exported } from './ingest/merging.ts';
import { outcomes, record } from './recording.ts';

const parley = useApp();
const at = '2026-02-01T00:00:00Z';
const bob = { externalId: 'bob', firstName: 'Bob', lastName: 'Ray', department: 'Sales' };
const document = `mutation ($input: AddReactionInput!) { addReaction(input: $input) {
  added message { reactions { type: reactionType direction fromNumber createdAt author { participantKind name department { name } } }
    conversation { participants { nodes { name } } } } } }`;
let tenant: Tenant;
let onPhone: string;
let onChat: string;

beforeEach(async () => {
  tenant = await parley.tenant();
  const results = await record(parley, tenant.key, [phoneLine({ externalId: 'p' }), chatLine({ externalId: 'c' })]);
  [onPhone, onChat] = results.map(({ messageId }: { messageId: string }) => messageId);
});

const react = async (input: object) =>
  (await ask(parley, tenant.key, document, { input: { type: 'like', direction: 'INBOUND', createdAt: at, ...input } })).addReaction;

test('adds the reaction of a person, a number, the contact or the organization once, with one event', async () => {
  const steps: [object, object][] = [
    [
      { messageId: onPhone, author: bob },
      { participantKind: 'PERSON', name: 'Bob Ray', department: { name: 'Sales' } },
    ],
    [
      { messageId: onPhone, fromNumber: '+15550000077' },
      { participantKind: 'CONTACT', name: '+15550000077' },
    ],
    [{ messageId: onPhone }, { participantKind: 'CONTACT', name: '+15550000002' }],
    [
      { messageId: onPhone, direction: 'OUTBOUND' },
      { participantKind: 'ORGANIZATION', name: 'Test organization' },
    ],
  ];
  for (const [index, [input, author]] of steps.entries()) {
    const written = await eventsWrittenBy(parley, tenant, async () => {
      const { added, message } = await react(input);
      expect(added).toBe(true);
      expect(message.reactions).toHaveLength(index + 1);
      expect(message.reactions.at(-1)).toMatchObject({ type: 'like', createdAt: at, author });
    });
    expect(written).toEqual(['MESSAGE_UPDATED']);
    const repeated = await eventsWrittenBy(parley, tenant, async () => {
      const { added, message } = await react({ ...input, createdAt: '2026-03-01T00:00:00Z' });
      expect(added).toBe(false);
      expect(message.reactions.at(-1).createdAt).toBe(at);
    });
    expect(repeated).toEqual([]);
  }
  const { message } = await react({ messageId: onPhone });
  const names = message.conversation.participants.nodes.map(({ name }: { name: string }) => name);
  expect(names.sort()).toEqual(['+15550000002', '+15550000077', 'Bob Ray', 'Test organization']);
});

test('stores the same as a line with the message and its reaction', async () => {
  await react({ messageId: onChat, author: bob });
  const other = await parley.tenant();
  const reactions = [{ type: 'like', direction: 'inbound', createdAt: at, author: bob }];
  expect(await outcomes(parley, other.key, [phoneLine({ externalId: 'p' }), chatLine({ externalId: 'c', reactions })])).toEqual([
    'CREATED',
    'CREATED',
  ]);
  expect(await exported(parley.app.database, tenant.id)).toEqual(await exported(parley.app.database, other.id));
});

test('concurrent requests add a reaction once', async () => {
  const all = await Promise.all(Array.from({ length: 6 }, () => react({ messageId: onPhone, author: bob })));
  expect(all.filter(({ added }) => added)).toHaveLength(1);
});

test.each([
  ['an empty type', { type: '' }, 'BAD_USER_INPUT', 'input.type'],
  ['too long a type', { type: 'x'.repeat(101) }, 'BAD_USER_INPUT', 'input.type'],
  ['U+0000', { author: { ...bob, firstName: '\0' } }, 'BAD_USER_INPUT', 'input.author.firstName'],
  ['nobody, in a chat', {}, 'BAD_USER_INPUT', 'input.author'],
  ['no id', { messageId: 'x' }, 'BAD_USER_INPUT', 'input.messageId'],
  ['no message', { messageId: encodeId('Message', '7c1f0a2d-9e8b-4c3a-9d2e-1f0a2b3c4d5e') }, 'NOT_FOUND', undefined],
])('refuses %s, and stores nothing', async (_name, wrong, code, field) => {
  const input = { messageId: onChat, type: 'like', direction: 'INBOUND', createdAt: at, ...wrong };
  const written = await eventsWrittenBy(parley, tenant, async () => {
    const { data, errors } = await parley.graphql(tenant.key, document, { input });
    expect(data).toBeNull();
    expect(errors).toMatchObject([{ extensions: { code } }]);
    expect(errors?.[0]?.extensions.field).toBe(field);
  });
  expect(written).toEqual([]);
});

test('answers NOT_FOUND for a message of another organization', async () => {
  const stranger = await parley.tenant();
  const input = { messageId: onPhone, type: 'like', direction: 'INBOUND', createdAt: at };
  const { errors } = await parley.graphql(stranger.key, document, { input });
  expect(errors).toMatchObject([{ message: 'there is no such message', extensions: { code: 'NOT_FOUND' } }]);
});

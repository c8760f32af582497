// Every refusal of a recorded message and of an update: its code for programs, and its field, which begins with the argument's name.
import { beforeAll, expect, test } from 'vitest';
import { schema } from '../../../src/graphql/built-schema.ts';
import { encodeId } from '../../../src/values/ids.ts';
import { type Tenant, useApp } from '../../support/harness.ts';
import { chatLine, phoneLine } from '../../support/lines.ts';
import { ask } from '../conversation/conversations.ts';
import { inCapitals } from './recording.ts';

type Refused = [name: string, item: Record<string, unknown>, code: string, field: string];

const parley = useApp();
const at = '2026-01-02T00:00:00Z';
const nobody = encodeId('Message', '7c1f0a2d-9e8b-4c3a-9d2e-1f0a2b3c4d5e');
const phone = { phoneNumber: '+15550000001', contactNumber: '+15550000002' };
const stored = { externalId: 'in', ...phone };
const attachment = { name: 'a', mime: 'image/png', size: 1, url: 'https://files.test/a' };
const reaction = { type: 'ok', direction: 'inbound', createdAt: at };
const deep = Array.from({ length: 20 }).reduce<unknown>((inner) => [inner], null);

const messages: Refused[] = [
  ['no external id', phoneLine({ externalId: '' }), 'INVALID', 'externalId'],
  ['too long an external id', phoneLine({ externalId: 'x'.repeat(201) }), 'INVALID', 'externalId'],
  ['too long a body', phoneLine({ body: 'x'.repeat(10_001) }), 'INVALID', 'body'],
  ['a body that cannot be stored', phoneLine({ body: '\0' }), 'INVALID', 'body'],
  ['a segment count of none', phoneLine({ segmentCount: 0 }), 'INVALID', 'segmentCount'],
  ['too many media', phoneLine({ mediaUrls: Array(17).fill('https://files.test/a') }), 'INVALID', 'mediaUrls'],
  ['too many attachments', phoneLine({ attachments: Array(17).fill(attachment) }), 'INVALID', 'attachments'],
  ['no media type', phoneLine({ attachments: [attachment, { ...attachment, mime: 'png' }] }), 'INVALID', 'attachments[1].mime'],
  ['a negative size', phoneLine({ attachments: [{ ...attachment, size: -1 }] }), 'INVALID', 'attachments[0].size'],
  ['a negative duration', phoneLine({ attachments: [{ ...attachment, duration: -1 }] }), 'INVALID', 'attachments[0].duration'],
  ['a reaction of nothing', phoneLine({ reactions: [{ ...reaction, type: '' }] }), 'INVALID', 'reactions[0].type'],
  ['an agent without a name', phoneLine({ agent: { externalId: 'a', name: '' } }), 'INVALID', 'agent.name'],
  ['an agent with a blank name', phoneLine({ agent: { externalId: 'a', name: '  ' } }), 'INVALID', 'agent.name'],
  ['a blank title', chatLine({ conversation: { externalId: 'c', type: 'group', title: ' ' } }), 'INVALID', 'conversation.title'],
  [
    'a person with a blank last name',
    phoneLine({ author: { externalId: 'a', firstName: 'A', lastName: ' ' } }),
    'INVALID',
    'author.lastName',
  ],
  [
    'too long a title',
    chatLine({ conversation: { externalId: 'c', type: 'group', title: 'x'.repeat(1_001) } }),
    'INVALID',
    'conversation.title',
  ],
  ['metadata too deep', phoneLine({ metadata: { a: deep } }), 'INVALID', `metadata.a${'[0]'.repeat(14)}`],
  ['metadata too big', phoneLine({ metadata: { a: 'x'.repeat(16_384) } }), 'INVALID', 'metadata'],
  ['no number', phoneLine({ phoneNumber: undefined }), 'MISSING', 'phoneNumber'],
  ['no contact', phoneLine({ contactNumber: undefined }), 'MISSING', 'contactNumber'],
  ['nobody who wrote it', chatLine({ author: undefined }), 'MISSING', 'author'],
  ['nobody who reacted', chatLine({ reactions: [reaction] }), 'MISSING', 'reactions[0].author'],
  ['a number beside a chat', chatLine({ phoneNumber: phone.phoneNumber }), 'CONTRADICTORY', 'phoneNumber'],
  ['a contact beside a chat', chatLine({ contactNumber: phone.contactNumber }), 'CONTRADICTORY', 'contactNumber'],
  ['consent in a chat', chatLine({ consent: { optedIn: true, at } }), 'CONTRADICTORY', 'consent'],
  ['a status of an inbound message', phoneLine({ status: 'sent' }), 'CONTRADICTORY', 'status'],
  ['an answer to itself', phoneLine({ externalId: 'a', replyTo: 'a' }), 'CONTRADICTORY', 'replyTo'],
  ['a redacted body', phoneLine({ redactedAt: at }), 'CONTRADICTORY', 'body'],
  ['redacted media', phoneLine({ redactedAt: at, body: null, mediaUrls: ['https://files.test/a'] }), 'CONTRADICTORY', 'mediaUrls'],
  ['redacted attachments', phoneLine({ redactedAt: at, body: null, attachments: [attachment] }), 'CONTRADICTORY', 'attachments'],
  ['a chat of another type', chatLine({ conversation: { externalId: 'chat', type: 'direct' } }), 'CONFLICT', 'conversation.type'],
];

const updates: Refused[] = [
  ['an id that is none', { id: 'x', deletedAt: at }, 'INVALID', 'id'],
  ['an id of another type', { id: encodeId('Agent', '7c1f0a2d-9e8b-4c3a-9d2e-1f0a2b3c4d5e'), deletedAt: at }, 'INVALID', 'id'],
  ['too long an external id', { ...stored, externalId: 'x'.repeat(201), deletedAt: at }, 'INVALID', 'externalId'],
  ['text that cannot be stored', { ...stored, externalId: '\0', deletedAt: at }, 'INVALID', 'externalId'],
  ['too long a body', { ...stored, editedAt: at, body: 'x'.repeat(10_001) }, 'INVALID', 'body'],
  ['no name', { deletedAt: at }, 'MISSING', 'id'],
  ['no conversation', { externalId: 'in', deletedAt: at }, 'MISSING', 'externalId'],
  ['nothing to change', stored, 'MISSING', 'status'],
  ['a body without its instant', { ...stored, body: 'x' }, 'MISSING', 'editedAt'],
  ['an edit without its body', { ...stored, editedAt: at }, 'MISSING', 'body'],
  ['two names', { id: nobody, ...stored, deletedAt: at }, 'CONTRADICTORY', 'id'],
  ['an id beside a conversation', { id: nobody, ...phone, deletedAt: at }, 'CONTRADICTORY', 'id'],
  ['two conversations', { ...stored, conversationExternalId: 'chat', deletedAt: at }, 'CONTRADICTORY', 'externalId'],
  ['an edit that redacts', { ...stored, editedAt: at, body: null, redactedAt: at }, 'CONTRADICTORY', 'redactedAt'],
  ['an unknown id', { id: nobody, deletedAt: at }, 'NOT_FOUND', 'id'],
  ['an unknown external id', { ...stored, externalId: 'other', deletedAt: at }, 'NOT_FOUND', 'externalId'],
  ['an unknown conversation', { externalId: 'in', conversationExternalId: 'other', deletedAt: at }, 'NOT_FOUND', 'externalId'],
  ['a status of an inbound message', { ...stored, status: 'SENT' }, 'CONFLICT', 'status'],
];

let tenant: Tenant;

beforeAll(async () => {
  tenant = await parley.tenant();
  await parley.importLines(tenant, [phoneLine({ externalId: 'in' }), chatLine({})]);
});

const selection = '{ results { outcome code field reason message { id } messageEdge { cursor } conversationEdge { cursor } } }';

const refused = (list: string, table: readonly Refused[]) =>
  table.map(([, , code, field], index) => ({
    outcome: 'REFUSED',
    code,
    field: `input.${list}[${index}].${field}`,
    reason: expect.stringMatching(/./),
    message: null,
    messageEdge: null,
    conversationEdge: null,
  }));

test('refuses messages with their codes and fields', async () => {
  const document = `mutation ($all: [RecordMessageInput!]!) { recordMessages(input: { messages: $all }) ${selection} }`;
  const { recordMessages } = await ask(parley, tenant.key, document, { all: messages.map(([, line]) => inCapitals(line)) });
  expect(recordMessages.results).toEqual(refused('messages', messages));
});

test('refuses updates with their codes and fields', async () => {
  const document = `mutation ($all: [UpdateMessageInput!]!) { updateMessages(input: { updates: $all }) ${selection} }`;
  const { updateMessages } = await ask(parley, tenant.key, document, { all: updates.map(([, update]) => update) });
  expect(updateMessages.results).toEqual(refused('updates', updates));
});

test('refuses a type that contradicts an earlier item as a conflict; an applied item has no code', async () => {
  const document = `mutation ($all: [RecordMessageInput!]!) { recordMessages(input: { messages: $all }) ${selection} }`;
  const chat = (type: string) => inCapitals(chatLine({ conversation: { externalId: 'new', type } }));
  const { recordMessages } = await ask(parley, tenant.key, document, { all: [chat('group'), chat('direct')] });
  expect(recordMessages.results).toMatchObject([
    { outcome: 'CREATED', code: null, field: null, reason: null },
    { outcome: 'REFUSED', code: 'CONFLICT', field: 'input.messages[1].conversation.type' },
  ]);
});

test('tests every code, and each code has a description', () => {
  const codes = schema.getType('MessageRefusalCode');
  if (codes === undefined || !('getValues' in codes)) throw new Error('there is no such enum');
  expect(new Set([...messages, ...updates].map(([, , code]) => code))).toEqual(new Set(codes.getValues().map(({ name }) => name)));
  for (const { description } of codes.getValues()) expect(description).toMatch(/\w{3,}.*\.$/);
});

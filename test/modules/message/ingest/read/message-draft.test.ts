import { describe, expect, test } from 'vitest';
import { readMessageLine } from '../../../../../src/modules/message/ingest/read/read-draft.ts';
import { chatLine, phoneLine } from '../../../../support/lines.ts';

function refusals(line: unknown): string[] {
  const result = readMessageLine(line);
  return 'problems' in result ? result.problems.map(({ path, reason }) => `${path}: ${reason}`) : [];
}

const author = { externalId: 'ann', firstName: 'Ann', lastName: 'Lee' };
const attachment = { name: 'a.png', mime: 'image/png', size: 1, url: 'https://files.test/a.png' };
const reaction = { type: 'like', direction: 'inbound', createdAt: '2026-01-01T00:00:00Z' };
const deep = JSON.parse(`${'{"a":'.repeat(8)}1${'}'.repeat(8)}`);

test.each<[string, Record<string, unknown>]>([
  ['externalId', { externalId: undefined }],
  ['externalId', { externalId: '' }],
  ['externalId', { externalId: 'x'.repeat(201) }],
  ['externalId', { externalId: 7 }],
  ['externalId', { externalId: 'a\0b' }],
  ['createdAt', { createdAt: undefined }],
  ['createdAt', { createdAt: '2026-01-01' }],
  ['createdAt', { createdAt: '2026-01-01T00:00:00' }],
  ['createdAt', { createdAt: '2026-02-30T00:00:00Z' }],
  ['createdAt', { createdAt: '0000-01-01T00:00:00Z' }],
  ['createdAt', { createdAt: '0001-01-01T00:00:00+01:00' }],
  ['createdAt', { createdAt: '9999-12-31T23:59:59-01:00' }],
  ['createdAt', { createdAt: 1_767_225_600 }],
  ['direction', { direction: 'sideways' }],
  ['direction', { direction: 'INBOUND' }],
  ['body', { body: undefined }],
  ['body', { body: 'x'.repeat(10_001) }],
  ['body', { body: 'a\0b' }],
  ['body', { body: '\ud800' }],
  ['phoneNumber', { phoneNumber: '15550000001' }],
  ['phoneNumber', { phoneNumber: undefined }],
  ['phoneNumber', { phoneNumber: '+1555' }],
  ['phoneNumber', { phoneNumber: '+00000000' }],
  ['phoneNumber', { phoneNumber: '+05550000001' }],
  ['phoneNumber', { phoneNumber: '22395' }],
  ['phoneNumber', { phoneNumber: 'VERIFY' }],
  ['contactNumber', { contactNumber: '+1555000000000000' }],
  ['contactNumber', { contactNumber: '+00000000' }],
  ['contactNumber', { contactNumber: '+05550000002' }],
  ['contactNumber', { contactNumber: '123456789' }],
  ['contactNumber', { contactNumber: 'VERIFY ' }],
  ['contactNumber', { contactNumber: null }],
  ['channel', { channel: 'fax' }],
  ['kind', { kind: 'odd' }],
  ['status', { status: 'sent' }],
  ['status', { direction: 'outbound', status: 'read' }],
  ['segmentCount', { segmentCount: 0 }],
  ['segmentCount', { segmentCount: 1.5 }],
  ['segmentCount', { segmentCount: 3e9 }],
  ['segmentCount', { segmentCount: 1e300 }],
  ['mediaUrls.0', { mediaUrls: ['http://files.test/a.png'] }],
  ['mediaUrls.1', { mediaUrls: ['https://files.test/a.png', 'https://files.test/a b.png'] }],
  ['mediaUrls.0', { mediaUrls: ['https:/files.test/a.png'] }],
  ['mediaUrls.0', { mediaUrls: ['https://me:secret@files.test/a.png'] }],
  ['mediaUrls.0', { mediaUrls: [`https://files.test/${'a'.repeat(4_078)}`] }],
  ['mediaUrls', { mediaUrls: 'https://files.test/a.png' }],
  ['mediaUrls', { mediaUrls: Array(17).fill('https://files.test/a.png') }],
  ['attachments.0.size', { attachments: [{ ...attachment, size: -1 }] }],
  ['attachments.0.width', { attachments: [{ ...attachment, width: 3e9 }] }],
  ['attachments.0.mime', { attachments: [{ ...attachment, mime: 'png' }] }],
  ['attachments.0.mime', { attachments: [{ ...attachment, mime: `image/png;${'a'.repeat(191)}` }] }],
  ['attachments.0.url', { attachments: [{ ...attachment, url: `https://files.test/${'a'.repeat(4_078)}` }] }],
  ['attachments', { attachments: Array(17).fill(attachment) }],
  ['attachments.0.colour', { attachments: [{ ...attachment, colour: 'red' }] }],
  ['author.lastName', { author: { externalId: 'ann', firstName: 'Ann' } }],
  ['author.avatarUrl', { author: { ...author, avatarUrl: 'ftp://files.test' } }],
  ['replyTo', { externalId: 'a', replyTo: 'a' }],
  ['reactions.0.type', { reactions: [{ ...reaction, type: '' }] }],
  ['reactions.0.fromNumber', { reactions: [{ ...reaction, fromNumber: '+00000000' }] }],
  ['editedAt', { editedAt: 'yesterday' }],
  ['redactedAt', { redactedAt: '2026-13-01T00:00:00Z', body: null }],
  ['body', { redactedAt: '2026-01-01T00:00:00Z' }],
  ['mediaUrls', { redactedAt: '2026-01-01T00:00:00Z', body: null, mediaUrls: ['https://files.test/a.png'] }],
  ['attachments', { redactedAt: '2026-01-01T00:00:00Z', body: null, attachments: [attachment] }],
  ['agent.name', { agent: { externalId: 'bot' } }],
  ['agent.name', { agent: { externalId: 'bot', name: '  ' } }],
  ['author.firstName', { author: { ...author, firstName: ' ' } }],
  ['author.lastName', { author: { ...author, lastName: '\u3000' } }],
  ['author.title', { author: { ...author, title: '' } }],
  ['author.department', { author: { ...author, department: ' ' } }],
  ['author.unit', { author: { ...author, unit: '\t' } }],
  ['reactions.0.author.unit', { reactions: [{ ...reaction, author: { ...author, unit: ' ' } }] }],
  ['consent.optedIn', { consent: { optedIn: 'yes', at: '2026-01-01T00:00:00Z' } }],
  ['metadata', { metadata: [] }],
  ['metadata', { metadata: { a: deep } }],
  ['metadata', { metadata: { a: 'x'.repeat(16_384) } }],
  ['metadata', { metadata: { 'a\0': 1 } }],
  ['metadata.a.0', { metadata: { a: ['\udc00'] } }],
  ['metadata.a', { metadata: { a: 2 ** 53 } }],
  ['metadata.a', { metadata: { a: JSON.parse('1e999') } }],
  ['metaData', { metaData: {} }],
  ['phoneNumber', { conversation: { externalId: 'c', type: 'group' }, contactNumber: undefined, author }],
])('refuses %s by name: %j', (field, given) => {
  expect(refusals(phoneLine(given))).toEqual([expect.stringMatching(new RegExp(`^${field.replaceAll('.', '\\.')}: `))]);
});

test.each<[string, Record<string, unknown>]>([
  ['conversation.type', { conversation: { externalId: 'c', type: 'phone' } }],
  ['conversation.externalId', { conversation: { type: 'group' } }],
  ['conversation.title', { conversation: { externalId: 'c', type: 'group', title: ' ' } }],
  ['conversation.title', { conversation: { externalId: 'c', type: 'group', title: '' } }],
  ['author', { author: undefined }],
  ['consent', { consent: { optedIn: true, at: '2026-01-01T00:00:00Z' } }],
  ['reactions.0.author', { reactions: [reaction] }],
])('refuses %s by name in a workplace chat: %j', (field, given) => {
  expect(refusals(chatLine(given))).toEqual([expect.stringMatching(new RegExp(`^${field.replaceAll('.', '\\.')}: `))]);
});

test.each([[null], [5], ['line'], [[]], [JSON.parse('[['.repeat(20_000) + ']]'.repeat(20_000))]])(
  'refuses a value that is no object',
  (value) => {
    expect(refusals(value)).toHaveLength(1);
  },
);

test('accepts the longest links and the most attachments', () => {
  const url = `https://files.test/${'a'.repeat(4_077)}`;
  const attachments = Array(16).fill({ ...attachment, url, mime: `image/png;${'a'.repeat(190)}` });
  expect(refusals(phoneLine({ mediaUrls: Array(16).fill(url), attachments }))).toEqual([]);
});

test('accepts an empty first or last name: it is unknown', () => {
  expect(refusals(phoneLine({ author: { ...author, lastName: '' } }))).toEqual([]);
  expect(refusals(phoneLine({ author: { ...author, firstName: '', title: null } }))).toEqual([]);
});

test('reports every problem of a line', () => {
  expect(refusals(phoneLine({ externalId: '', direction: 'up', surprise: 1 }))).toHaveLength(3);
});

describe('fills in the defaults of', () => {
  const defaults = (line: Record<string, unknown>) => {
    const result = readMessageLine(line);
    if ('problems' in result) throw new Error(JSON.stringify(result.problems));
    return result.draft;
  };

  test('a text message', () => {
    expect(defaults(phoneLine({}))).toMatchObject({ channel: 'SMS', kind: 'NORMAL', status: null, segmentCount: 1, mediaUrls: [] });
  });
  test('an outbound message with media', () => {
    const message = defaults(phoneLine({ mediaUrls: ['https://files.test/a.png'], direction: 'outbound', body: 'é'.repeat(161) }));
    expect(message).toMatchObject({ channel: 'MMS', status: 'DELIVERED', segmentCount: 2 });
  });
  test('a message in a workplace chat', () =>
    expect(defaults(chatLine({}))).toMatchObject({ channel: 'CHAT', conversation: { type: 'GROUP' } }));
  test('a message with 10,000 code points and a time finer than milliseconds', () => {
    const message = defaults(phoneLine({ body: '😀'.repeat(10_000), createdAt: '2026-01-01T01:00:00.123999+01:00' }));
    expect(message).toMatchObject({ createdAt: '2026-01-01T00:00:00.123Z' });
  });
  test('a message whose metadata has unusual keys, which stay unchanged', () => {
    const metadata = JSON.parse('{"__proto__": {"a": 1}, "constructor": 2}');
    expect(JSON.stringify(defaults(phoneLine({ metadata })).metadata)).toBe(JSON.stringify(metadata));
  });
});

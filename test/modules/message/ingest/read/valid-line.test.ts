import fc from 'fast-check';
import { expect, test } from 'vitest';
import { lineMessage } from '../../../../../src/modules/message/ingest/read/message-draft.ts';
import { readValidLine } from '../../../../../src/modules/message/ingest/read/valid-line.ts';

const times = [
  '2026-01-01T00:00:00Z',
  '2026-01-01T00:00:00.1+05:30',
  '2026-02-30T00:00:00Z',
  '2999-01-01T00:00:00Z',
  '0001-01-01T00:00:00Z',
  'now',
];
const person = { externalId: 'ann', firstName: 'Ann', lastName: '' };
const reaction = { type: 'like', direction: 'inbound', createdAt: '2026-01-01T00:00:00Z' };
const attachment = { name: 'a.png', mime: 'image/png', size: 1, url: 'https://files.test/a.png' };

/** Values that the schema accepts or refuses, for each field. */
const values: Record<string, unknown[]> = {
  externalId: ['a', '', 'x'.repeat(200), 'x'.repeat(201), '😀'.repeat(200)],
  createdAt: times,
  direction: ['inbound', 'outbound', 'INBOUND', 'toString'],
  body: ['hello', '', 'x'.repeat(161), 'x'.repeat(10_001), '😀'.repeat(10_000)],
  phoneNumber: ['+15550000001', '15550000001'],
  contactNumber: ['+15550000002', '22395', 'VERIFY', 'VERIFY '],
  conversation: [
    { externalId: 'c', type: 'group' },
    { externalId: 'c', type: 'direct', title: 'T' },
    { externalId: 'c', type: 'phone' },
    {},
  ],
  channel: ['sms', 'mms', 'chat', 'SMS'],
  kind: ['normal', 'odd'],
  status: ['sent', 'delivered', 'read'],
  segmentCount: [1, 0, 1.5, 2_147_483_647, 2_147_483_648, '1'],
  mediaUrls: [[], ['https://files.test/a.png'], ['http://files.test'], Array(17).fill('https://files.test/a.png'), {}],
  attachments: [[], [attachment], [{ ...attachment, colour: 'red' }], 'a'],
  author: [person, { ...person, lastName: ' ' }, []],
  replyTo: ['b', 'a', ''],
  reactions: [[], [reaction], [{ ...reaction, type: '' }], [{ ...reaction, author: person }]],
  editedAt: times,
  deletedAt: times,
  redactedAt: times,
  agent: [
    { externalId: 'bot', name: 'Bot' },
    { externalId: 'bot', name: ' ' },
  ],
  consent: [
    { optedIn: true, at: '2026-01-01T00:00:00Z' },
    { optedIn: 'yes', at: '2026-01-01T00:00:00Z' },
  ],
  metadata: [{}, { a: [1] }, [], 'x'],
  unknown: [1],
};

const phone = {
  externalId: 'a',
  createdAt: '2026-01-01T00:00:00Z',
  direction: 'inbound',
  body: 'hi',
  phoneNumber: '+15550000001',
  contactNumber: 'VERIFY',
};
const { phoneNumber, contactNumber, ...chat } = { ...phone, author: person, conversation: { externalId: 'c', type: 'group' } };

/** A valid line in which some fields have another value, or none. */
const change = fc.constantFrom(...Object.keys(values)).chain((field) => {
  const given = [...(values[field] ?? []), null, undefined, 7, true];
  return fc.record({ field: fc.constant(field), value: fc.constantFrom(...given), missing: fc.boolean() });
});
const lines = fc
  .record({ base: fc.constantFrom<object>(phone, chat), changes: fc.array(change, { maxLength: 4 }) })
  .map(({ base, changes }) => {
    const line: Record<string, unknown> = { ...base };
    for (const { field, value, missing } of changes) {
      if (missing) delete line[field];
      else line[field] = value;
    }
    return line;
  });

test('reads exactly the lines that the schema accepts, into the same drafts', () => {
  let valid = 0;
  let invalid = 0;
  fc.assert(
    fc.property(lines, (line) => {
      const { success, data } = lineMessage.safeParse(line);
      if (success) valid++;
      else invalid++;
      expect(readValidLine(line)).toStrictEqual(success ? data : null);
    }),
    { numRuns: 5_000 },
  );
  expect(Math.min(valid, invalid)).toBeGreaterThan(500);
});

test.each([[null], [5], ['line'], [[]], [JSON.parse('{"__proto__": {}}')]])(
  'leaves a value that is no message to the schema: %j',
  (value) => {
    expect(readValidLine(value)).toBeNull();
  },
);

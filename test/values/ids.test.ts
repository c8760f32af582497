import fc from 'fast-check';
import { expect, test } from 'vitest';
import { decodeId, encodeId, type NodeType } from '../../src/values/ids.ts';

const types: NodeType[] = [
  'Organization',
  'ApiKey',
  'Agent',
  'PhoneNumber',
  'Participant',
  'Conversation',
  'Message',
  'Attachment',
  'Reaction',
  'Change',
];
const anyType = fc.constantFrom(...types);
const alphabet = 'ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789-_';

test('decodes an id to its type and UUID', () => {
  fc.assert(
    fc.property(anyType, fc.uuid(), (type, uuid) => {
      const id = encodeId(type, uuid);
      expect(id).toMatch(/^[\w-]{23}$/);
      expect(decodeId(id)).toEqual({ type, uuid });
    }),
  );
});

test('decodes a text only if it is the text that encoding writes', () => {
  const texts = fc.oneof(
    fc.string(),
    fc.string({ unit: fc.constantFrom(...alphabet), minLength: 20, maxLength: 26 }),
    fc.tuple(anyType, fc.uuid(), fc.nat(23), fc.constantFrom(...alphabet, '=', ' ', '')).map(([type, uuid, at, letter]) => {
      const id = encodeId(type, uuid);
      return id.slice(0, at) + letter + id.slice(at + 1);
    }),
  );
  fc.assert(
    fc.property(texts, (text) => {
      const decoded = decodeId(text);
      if (decoded !== null) expect(encodeId(decoded.type, decoded.uuid)).toBe(text);
    }),
    { numRuns: 2_000 },
  );
});

test.each([
  '',
  '=',
  'AAAA',
  `${encodeId('Message', '7c1f0a2d-9e8b-4c3a-9d2e-1f0a2b3c4d5e')}=`,
  ` ${encodeId('Message', '7c1f0a2d-9e8b-4c3a-9d2e-1f0a2b3c4d5e')}`,
])('%j is no id', (text) => {
  expect(decodeId(text)).toBeNull();
});

import { randomUUID } from 'node:crypto';

/** Returns a line of the import format, by default always of the same conversation. */
export function phoneLine(given: Record<string, unknown>): Record<string, unknown> {
  return {
    externalId: randomUUID(),
    createdAt: '2026-01-01T00:00:00Z',
    direction: 'inbound',
    body: 'Hello',
    phoneNumber: '+15550000001',
    contactNumber: '+15550000002',
    ...given,
  };
}

/** Returns a line of a workplace chat. */
export function chatLine(given: Record<string, unknown>): Record<string, unknown> {
  return {
    externalId: randomUUID(),
    createdAt: '2026-01-01T00:00:00Z',
    direction: 'inbound',
    body: 'Hello',
    conversation: { externalId: 'chat', type: 'group', title: 'Everyone' },
    author: { externalId: 'ann', firstName: 'Ann', lastName: 'Lee' },
    ...given,
  };
}

import { randomUUID } from 'node:crypto';

/** A line of the import format, on one conversation unless told otherwise. */
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

/** A line of a workplace chat. */
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

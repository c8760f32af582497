import type { IncomingMessage } from './incoming-message.ts';

/** One message of a batch on its way: its place in the batch, and the key of its conversation. */
export interface Line {
  index: number;
  message: IncomingMessage;
  conversationKey: string;
}

/** What became of a line. `field` names what a refusal is about. */
export type Outcome =
  | { outcome: 'imported' | 'updated' | 'skipped'; messageId: string; conversationId: string }
  | { outcome: 'refused'; field: string; reason: string };

/** Names a conversation by what the outside knows of it: its number and contact, or its external id. The same as `conversationKeySql` writes. */
export function conversationKey({ conversation }: IncomingMessage): string {
  return conversation.type === 'PHONE' ? phoneKey(conversation) : chatKey(conversation);
}

export function phoneKey({ phoneNumber, contactNumber }: { phoneNumber: string; contactNumber: string }): string {
  return `${phoneNumber} ${contactNumber}`;
}

export function chatKey({ externalId }: { externalId: string }): string {
  return `chat ${externalId}`;
}

/** Names a line's message by its conversation and its external id. */
export function messageKey(message: IncomingMessage): string {
  return `${conversationKey(message)}\n${message.externalId}`;
}

/** Over conversations `c` and, where they have one, phone_numbers `n`. */
export const conversationKeySql = `coalesce('chat ' || c.external_id, n.number || ' ' || c.contact_number)`;

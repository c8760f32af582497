import type { RefusalCode } from '../../../../values/problem.ts';
import type { MessageDraft } from '../read/message-draft.ts';

/** One message of a batch on its way: its place in the batch, and the key of its conversation. */
export interface Line {
  index: number;
  message: MessageDraft;
  conversationKey: string;
}

/** A refusal of a line that does not fit what is stored, or a line before it. `field` names what it is about. */
export interface Refusal {
  code: RefusalCode;
  field: string;
  reason: string;
}

/** The result of a line. */
export type Outcome =
  | { outcome: 'imported'; messageId: string; conversationId: string; conversationCreated: boolean }
  | { outcome: 'updated' | 'skipped'; messageId: string; conversationId: string }
  | ({ outcome: 'refused' } & Refusal);

/** Names a conversation by what the outside knows of it: its number and contact, or its external id. The same as `conversationKeySql` writes. */
export function conversationKey({ conversation }: MessageDraft): string {
  return conversation.type === 'PHONE' ? phoneKey(conversation) : chatKey(conversation);
}

export function phoneKey({ phoneNumber, contactNumber }: { phoneNumber: string; contactNumber: string }): string {
  return `${phoneNumber} ${contactNumber}`;
}

export function chatKey({ externalId }: { externalId: string }): string {
  return `chat ${externalId}`;
}

/** Reads the keys that `phoneKey` and `chatKey` made. Only the first space separates: a contact address or an external id may have spaces. */
export function readKeys(keys: readonly string[]) {
  const parts = keys.map((key) => ({ head: key.slice(0, key.indexOf(' ')), rest: key.slice(key.indexOf(' ') + 1) }));
  return {
    phones: parts.filter(({ head }) => head !== 'chat').map(({ head, rest }) => ({ phoneNumber: head, contactNumber: rest })),
    chats: parts.filter(({ head }) => head === 'chat').map(({ rest }) => ({ externalId: rest })),
  };
}

/** Names a line's message by its conversation and its external id, either of which may have any character. */
export function messageKey(message: MessageDraft): string {
  return JSON.stringify([conversationKey(message), message.externalId]);
}

/** Over conversations `c` and, where they have one, phone_numbers `n`. */
export const conversationKeySql = `coalesce('chat ' || c.external_id, n.number || ' ' || c.contact_number)`;

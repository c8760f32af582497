import type { MessageDraft } from '../read/message-draft.ts';

// Keys of conversations: the number and the contact, or the external id of a workplace chat.

export function conversationKey({ conversation }: Pick<MessageDraft, 'conversation'>): string {
  return conversation.type === 'PHONE' ? phoneKey(conversation) : chatKey(conversation);
}

export function phoneKey({ phoneNumber, contactNumber }: { phoneNumber: string; contactNumber: string }): string {
  return `${phoneNumber} ${contactNumber}`;
}

export function chatKey({ externalId }: { externalId: string }): string {
  return `chat ${externalId}`;
}

/** Writes the same keys in SQL, over conversations `c` and their phone_numbers `n`. */
export const conversationKeySql = `coalesce('chat ' || c.external_id, n.number || ' ' || c.contact_number)`;

/** Splits keys into the parts they were made of. Only the first space separates: a contact address or an external id may have spaces. */
export function readKeys(keys: readonly string[]) {
  const parts = keys.map((key) => ({ head: key.slice(0, key.indexOf(' ')), rest: key.slice(key.indexOf(' ') + 1) }));
  return {
    phones: parts.filter(({ head }) => head !== 'chat').map(({ head, rest }) => ({ phoneNumber: head, contactNumber: rest })),
    chats: parts.filter(({ head }) => head === 'chat').map(({ rest }) => ({ externalId: rest })),
  };
}

import type { RefusalCode } from '../../../../values/problem.ts';
import { conversationKey } from '../parties/conversation-key.ts';
import type { MessageDraft } from '../read/message-draft.ts';

/** A message of a batch, with its index in the batch. */
export interface Line {
  index: number;
  message: MessageDraft;
  conversationKey: string;
}

/** A refusal of a line that contradicts stored data or an earlier line. `field` names the line's field. */
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

/** A message's conversation and external id as one text. JSON, because either may have any character. */
export function messageKey(message: MessageDraft): string {
  return JSON.stringify([conversationKey(message), message.externalId]);
}

import { columns } from '../../../database/columns.ts';
import type { AttachmentModel, ReactionModel, VisibleMessageModel } from '../../../generated/prisma/models.ts';
import type { ConversationRow } from '../../conversation/store/rows.ts';
import { storedFields } from './message-columns.ts';

const messageFields = ['id', 'number', 'conversationId', 'authorId', 'replyToId', 'createdAtRank', ...storedFields] as const;

/** A message as anyone may see it: `body` and `mediaUrls` are blank once past retention, redacted or deleted. */
export type MessageRow = Omit<Pick<VisibleMessageModel, (typeof messageFields)[number]>, 'number'> & {
  number: number;
  /** Set where the message was listed by its conversation. */
  conversation?: ConversationRow;
};

/** Found by id, or by the conversation. */
export const messageSource = {
  label: 'messages',
  columns: columns('m', messageFields),
  from: 'visible_messages m',
  organization: 'm.organization_id',
  parent: 'm.conversation_id',
  key: 'm.id',
  id: 'm.id',
};

/** Found by its conversation and its external id there, as `externalKey` writes them. */
export const messageByExternalId = {
  ...messageSource,
  key: `m.conversation_id || ' ' || m.external_id`,
  // By the unique index, which has no such text.
  among: (keys: string) =>
    `(m.conversation_id, m.external_id) in (select left(each, 36)::uuid, substr(each, 38) from unnest(${keys}::text[]) each)`,
};

export function externalKey(conversationId: string, externalId: string): string {
  return `${conversationId} ${externalId}`;
}

/** Files that a message may have: MMS and chats stop at ten. Whoever asks for a message's files pays for so many. */
export const maxAttachments = 16;
/** The same for its media that came as URLs alone. They cost nothing beyond their message, so they must be few. */
export const maxMedia = maxAttachments;

const attachmentFields = ['id', 'number', 'name', 'mime', 'size', 'url', 'width', 'height', 'duration'] as const;

export type AttachmentRow = Omit<Pick<AttachmentModel, (typeof attachmentFields)[number]>, 'number' | 'size'> & {
  number: number;
  size: number;
};

/** Found by their message; a message whose content is gone has none. */
export const attachmentsOfMessage = {
  label: 'attachments',
  columns: columns('a', attachmentFields),
  from: 'visible_attachments a',
  organization: 'a.organization_id',
  key: 'a.message_id',
  orderBy: 'a.position',
};

/** Found by id. */
export const attachmentSource = { ...attachmentsOfMessage, key: 'a.id' };

const reactionFields = ['id', 'number', 'type', 'authorId', 'fromNumber', 'direction', 'createdAt'] as const;

export type ReactionRow = Omit<Pick<ReactionModel, (typeof reactionFields)[number]>, 'number'> & { number: number };

/** Found by id, or by their message; none once it is deleted. */
export const reactionSource = {
  label: 'reactions',
  columns: columns('r', reactionFields),
  from: 'reactions r join visible_messages m on m.organization_id = r.organization_id and m.id = r.message_id and m.deleted_at is null',
  organization: 'r.organization_id',
  parent: 'r.message_id',
  key: 'r.id',
  id: 'r.id',
};

import { columns, columnsInGroups, source } from '../../../database/source.ts';
import type { AttachmentModel, ReactionModel, VisibleMessageModel } from '../../../generated/prisma/models.ts';
import type { ConversationRow } from '../../conversation/store/rows.ts';

/** Columns that every statement reads. */
const always = ['id', 'createdAt', 'body'] as const;
/** The others, in groups that clients select together. */
const groups = [
  ['number', 'externalId', 'direction', 'channel', 'status', 'segmentCount'],
  ['mediaUrls', 'editedAt', 'deletedAt', 'redactedAt'],
  ['conversationId', 'authorId', 'replyToId', 'createdAtRank', 'kind'],
] as const;

type MessageField = (typeof always)[number] | (typeof groups)[number][number];

/** A message from the view that redacts: `body` and `mediaUrls` are empty if it is past retention, redacted or deleted. */
export type MessageRow = Omit<Pick<VisibleMessageModel, MessageField>, 'number'> & {
  number: number;
  /** Set if the message is read from a list of its conversation. */
  conversation?: ConversationRow;
};

/** Messages by id, and as the list of their conversation. */
export const messageSource = source<MessageRow>({
  label: 'messages',
  ...columnsInGroups('m', always, groups),
  from: 'visible_messages m',
  organization: 'm.organization_id',
  parent: 'm.conversation_id',
  key: 'm.id',
  id: 'm.id',
});

export const messagesOfPhoneNumber = { ...messageSource, parent: 'm.phone_number_id' };
export const messagesOfOrganization = { ...messageSource, parent: 'm.organization_id' };

/** Messages by their conversation and external id, as `externalKey` writes them. */
export const messageByExternalId = {
  ...messageSource,
  key: `m.conversation_id || ' ' || m.external_id`,
  // The unique index has the columns, not this text.
  among: (keys: string) =>
    `(m.conversation_id, m.external_id) in (select left(each, 36)::uuid, substr(each, 38) from unnest(${keys}::text[]) each)`,
};

export function externalKey(conversationId: string, externalId: string): string {
  return `${conversationId} ${externalId}`;
}

/** The most files of a message: MMS and chats allow ten. The files of a message cost as much as this many. */
export const maxAttachments = 16;
/** The most media that a message has as URLs alone. They cost nothing beyond their message, so they must be few. */
export const maxMedia = maxAttachments;

const attachmentFields = ['id', 'number', 'name', 'mime', 'size', 'url', 'width', 'height', 'duration'] as const;

export type AttachmentRow = Omit<Pick<AttachmentModel, (typeof attachmentFields)[number]>, 'number' | 'size'> & {
  number: number;
  size: number;
};

/** Attachments by their message; a message without visible content has none. */
export const attachmentsOfMessage = source<AttachmentRow>({
  label: 'attachments',
  columns: columns('a', attachmentFields),
  from: 'visible_attachments a',
  organization: 'a.organization_id',
  key: 'a.message_id',
  orderBy: 'a.position',
});

/** Attachments by id. */
export const attachmentSource = { ...attachmentsOfMessage, key: 'a.id' };

const reactionFields = ['id', 'number', 'type', 'authorId', 'fromNumber', 'direction', 'createdAt'] as const;

export type ReactionRow = Omit<Pick<ReactionModel, (typeof reactionFields)[number]>, 'number'> & { number: number };

/** Reactions by id, and as the list of their message; a deleted message has none. */
export const reactionSource = source<ReactionRow>({
  label: 'reactions',
  columns: columns('r', reactionFields),
  from: 'reactions r join visible_messages m on m.organization_id = $1 and m.id = r.message_id and m.deleted_at is null',
  organization: 'r.organization_id',
  parent: 'r.message_id',
  key: 'r.id',
  id: 'r.id',
});

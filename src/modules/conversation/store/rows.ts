import { columnsInGroups, source } from '../../../database/source.ts';
import type { ConversationModel } from '../../../generated/prisma/models.ts';
import type { PhoneNumberRow } from '../../phone-number/store/rows.ts';

/** Columns that every statement reads. */
const always = ['id', 'type', 'phoneNumberId', 'contactNumber', 'messageCount', 'lastMessageId', 'lastMessageAt', 'createdAt'] as const;
/** The others, in groups that clients select together. */
const groups = [
  ['number', 'externalId', 'title', 'agentId', 'archivedAt', 'readThrough', 'unreadCount'],
  ['metadata', 'backgroundId', 'backgroundUrl', 'backgroundVersion'],
] as const;
const lists = columnsInGroups('c', always, groups);
/** The row of the phone number, so that it needs no statement of its own. */
const phoneNumber = {
  fields: ['phoneNumber', 'phoneNumberCreatedAt'],
  columns: 'n.number as "phoneNumber", n.created_at as "phoneNumberCreatedAt"',
};

type ConversationField = (typeof always)[number] | (typeof groups)[number][number];

/** A conversation. `phoneNumber` is the organization's number as E.164; null in a workplace chat, as is all that belongs to it. */
export type ConversationRow = Omit<Pick<ConversationModel, ConversationField>, 'number' | 'metadata'> & {
  number: number;
  metadata: Record<string, unknown> | null;
  phoneNumber: string | null;
  phoneNumberCreatedAt: Date | null;
};

/** Conversations by id, and as the list of their organization. */
export const conversationSource = source<ConversationRow>({
  label: 'conversations',
  ...lists,
  columns: `${lists.columns}, ${phoneNumber.columns}`,
  groups: [...lists.groups, phoneNumber],
  from: 'conversations c left join phone_numbers n on n.organization_id = $1 and n.id = c.phone_number_id',
  organization: 'c.organization_id',
  parent: 'c.organization_id',
  key: 'c.id',
  id: 'c.id',
});

/** Returns the phone number of a conversation; null for a workplace chat. */
export function phoneNumberOf({
  phoneNumberId: id,
  phoneNumber: number,
  phoneNumberCreatedAt: createdAt,
}: ConversationRow): PhoneNumberRow | null {
  return id === null || number === null || createdAt === null ? null : { id, number, createdAt };
}

export const conversationByNumber = { ...conversationSource, key: 'c.number', keyType: 'bigint' } as const;
export const conversationByExternalId = { ...conversationSource, key: 'c.external_id', keyType: 'text' } as const;

/** The most conversations whose unread messages are summed: the sum of this many is a lower bound. */
export const unreadSummedAtMost = 10_000;

/** The number of unread messages of an organization, by its id. An index has the counts of the conversations with unread messages. */
export const unreadOfOrganization = source<{ unreadMessageCount: number }>({
  label: 'unread_messages',
  columns: 'unread."unreadMessageCount"',
  from: `organizations o cross join lateral (
    select least(coalesce(sum(latest.unread_count), 0), 2147483647) as "unreadMessageCount" from (select c.unread_count from conversations c
      where c.organization_id = $1 and c.unread_count > 0 order by c.last_message_at desc, c.id desc limit ${unreadSummedAtMost}) latest) unread`,
  organization: 'o.id',
  key: 'o.id',
});

/** A picture shown behind a conversation. */
export interface Background {
  id: string;
  imageUrl: string;
  version: number;
}

/** Returns the background of a conversation; null if it has none. */
export function backgroundOf({
  backgroundId: id,
  backgroundUrl: imageUrl,
  backgroundVersion: version,
}: ConversationRow): Background | null {
  return id === null || imageUrl === null ? null : { id, imageUrl, version };
}

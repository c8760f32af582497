import { columns } from '../../database/columns.ts';
import type { ConversationModel } from '../../generated/prisma/models.ts';

const fields = [
  'id',
  'type',
  'number',
  'title',
  'phoneNumberId',
  'contactNumber',
  'agentId',
  'metadata',
  'messageCount',
  'lastMessageId',
  'lastMessageAt',
  'createdAt',
  'archivedAt',
  'unreadCount',
  'backgroundId',
  'backgroundUrl',
  'backgroundVersion',
] as const;

/** A conversation as it is read. `phoneNumber` is the organization's number as E.164; null in a workplace chat. */
export type ConversationRow = Omit<Pick<ConversationModel, (typeof fields)[number]>, 'number' | 'metadata'> & {
  number: number;
  metadata: Record<string, unknown> | null;
  phoneNumber: string | null;
};

/** Found by id, or by the organization as the parent of them all. */
export const conversationSource = {
  label: 'conversations',
  columns: `${columns('c', fields)}, n.number as "phoneNumber"`,
  from: 'conversations c left join phone_numbers n on n.organization_id = c.organization_id and n.id = c.phone_number_id',
  organization: 'c.organization_id',
  parent: 'c.organization_id',
  key: 'c.id',
  id: 'c.id',
};

export const conversationByNumber = { ...conversationSource, key: 'c.number', keyType: 'bigint' } as const;

/** A picture shown behind a conversation. */
export interface Background {
  id: string;
  imageUrl: string;
  version: number;
}

/** Null where there is none. */
export function backgroundOf({
  backgroundId: id,
  backgroundUrl: imageUrl,
  backgroundVersion: version,
}: ConversationRow): Background | null {
  return id === null || imageUrl === null ? null : { id, imageUrl, version };
}

import type { Transaction } from '../../../database/database.ts';
import type { ConversationUncheckedUpdateInput } from '../../../generated/prisma/models.ts';

/** The fields that commands set. Not `metadata`: Prisma would lose a key called `__proto__`. */
type Field = 'title' | 'archivedAt' | 'agentId' | 'readThrough' | 'unreadCount' | 'backgroundId' | 'backgroundUrl' | 'backgroundVersion';

/** Sets fields of a locked conversation. */
export async function setFields(
  tx: Transaction,
  organizationId: string,
  id: string,
  data: Pick<ConversationUncheckedUpdateInput, Field>,
): Promise<void> {
  await tx.prisma.conversation.update({ where: { organizationId_id: { organizationId, id } }, data, select: { id: true } });
}

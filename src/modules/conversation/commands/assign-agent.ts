import type { RequestDatabase } from '../../../database/database.ts';
import { ParleyError } from '../../../errors.ts';
import { writeEvents } from '../../event/commands/write.ts';
import { lockConversation } from '../store/lock.ts';
import { setFields } from '../store/set-fields.ts';

/** Assigns an agent to a conversation. The same agent changes nothing. @param agentId null: no agent. @throws NOT_FOUND */
export async function assignAgent(
  database: RequestDatabase,
  organizationId: string,
  conversationId: string,
  agentId: string | null,
): Promise<void> {
  await database.transaction(async (tx) => {
    const stored = await lockConversation(tx, organizationId, conversationId);
    if (agentId !== null) {
      const where = { organizationId_id: { organizationId, id: agentId } };
      const agent = await tx.prisma.agent.findUnique({ where, select: { id: true } });
      if (agent === null) throw new ParleyError('NOT_FOUND', 'there is no such agent');
    }
    if (stored.agentId === agentId) return;
    await setFields(tx, organizationId, conversationId, { agentId });
    await writeEvents(tx, organizationId, [{ kind: 'CONVERSATION_UPDATED', conversationId }]);
  });
}

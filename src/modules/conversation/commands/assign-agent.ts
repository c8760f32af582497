import type { RequestDatabase } from '../../../database/database.ts';
import { ParleyError } from '../../../errors.ts';
import { writeEvents } from '../../event/commands/write.ts';
import { lockConversation } from '../store/lock.ts';
import { setColumns } from '../store/set-columns.ts';

/** Lets an agent answer a conversation; who answers it already changes nothing. @param agentId null: nobody. @throws NOT_FOUND */
export async function assignAgent(
  database: RequestDatabase,
  organizationId: string,
  conversationId: string,
  agentId: string | null,
): Promise<void> {
  await database.transaction(async (tx) => {
    await lockConversation(tx, organizationId, conversationId);
    if (agentId !== null) {
      const [agent] = await tx.query({
        label: 'agent_exists',
        text: 'select 1 from agents where organization_id = $1 and id = $2',
        values: [organizationId, agentId],
      });
      if (agent === undefined) throw new ParleyError('NOT_FOUND', 'there is no such agent');
    }
    const changed = await setColumns(tx, organizationId, conversationId, { agent_id: agentId });
    if (changed) await writeEvents(tx, organizationId, [{ kind: 'CONVERSATION_UPDATED', conversationId }]);
  });
}

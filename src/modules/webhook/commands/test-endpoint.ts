import type { RequestDatabase } from '../../../database/database.ts';
import { ParleyError } from '../../../errors.ts';
import { webhooksChannel } from '../../event/store/channels.ts';
import { type DeliveryRow, deliveryColumns } from '../store/delivery-rows.ts';
import { lockEndpoint } from '../store/lock.ts';

/** Queues a test, which is sent once, also to a disabled endpoint. @param agentId the agent that the test names, or null. @throws NOT_FOUND */
export function testEndpoint(database: RequestDatabase, organizationId: string, id: string, agentId: string | null): Promise<DeliveryRow> {
  return database.transaction(async (tx) => {
    const endpoint = await lockEndpoint(tx, organizationId, id);
    if (agentId !== null) {
      const where = { organizationId_id: { organizationId, id: agentId } };
      const agent = await tx.prisma.agent.findUnique({ where, select: { id: true } });
      if (agent === null) throw new ParleyError('NOT_FOUND', 'there is no such agent');
    }
    const [delivery] = await tx.query<DeliveryRow>({
      label: 'webhook_test',
      text: `with notified as (select pg_notify('${webhooksChannel}', ''))
        insert into webhook_deliveries as d (organization_id, endpoint_id, kind, agent_id, next_attempt_at)
        select $1, $2, 'TEST', $3, clock_timestamp() from notified returning ${deliveryColumns}`,
      values: [organizationId, id, agentId ?? endpoint.agentId],
    });
    return delivery as DeliveryRow;
  });
}

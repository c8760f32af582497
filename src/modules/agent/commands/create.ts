import { uuidv7 } from 'uuidv7';
import type { RequestDatabase } from '../../../database/database.ts';
import { checkName } from '../../../values/name.ts';

interface NewAgent {
  /** The id of the agent in the client's system. */
  externalId: string;
  name: string;
}

/** Adds an agent. An agent with this external id that is already stored stays unchanged. @throws BAD_USER_INPUT */
export async function createAgent(
  database: RequestDatabase,
  organizationId: string,
  { externalId, name }: NewAgent,
): Promise<{ id: string; created: boolean }> {
  checkName('externalId', externalId);
  checkName('name', name);
  return database.transaction(async (tx) => {
    const [added] = await tx.query<{ id: string }>({
      label: 'agent_create',
      text: `insert into agents (organization_id, id, external_id, name) values ($1, $2, $3, $4)
        on conflict (organization_id, external_id) do nothing returning id`,
      values: [organizationId, uuidv7(), externalId, name],
    });
    if (added !== undefined) return { id: added.id, created: true };
    // A second statement, because it also sees an agent that another transaction has just added.
    const where = { organizationId_externalId: { organizationId, externalId } };
    const { id } = await tx.prisma.agent.findUniqueOrThrow({ where, select: { id: true } });
    return { id, created: false };
  });
}

import type { Queryable } from '../../../database/database.ts';

/** Returns the name of the agent with an external id; null if it is not stored. */
export async function findAgentName(database: Queryable, organizationId: string, externalId: string): Promise<string | null> {
  const [agent] = await database.query<{ name: string }>({
    label: 'agent_name',
    text: 'select name from agents where organization_id = $1 and external_id = $2',
    values: [organizationId, externalId],
  });
  return agent?.name ?? null;
}

import type { RequestDatabase } from '../../../database/database.ts';
import { badInput, ParleyError } from '../../../errors.ts';

/** Names one endpoint: exactly one of the three. */
export interface EndpointName {
  id: string | null;
  ofAgentId: string | null;
  ofOrganization: boolean;
}

/** Returns the id of an endpoint; null if the organization or the agent has none. @throws BAD_USER_INPUT; NOT_FOUND if there is no such agent */
export async function endpointIdOf(
  database: RequestDatabase,
  organizationId: string,
  { id, ofAgentId, ofOrganization }: EndpointName,
): Promise<string | null> {
  if ([id, ofAgentId, ofOrganization || null].filter((name) => name !== null).length !== 1)
    throw badInput('id', 'give exactly one of id, ofAgentId and ofOrganization');
  if (id !== null) return id;
  const [found] = await database.query<{ id: string | null }>({
    label: 'webhook_endpoint_of',
    text: `select w.id from (select $2::uuid as agent_id) named
      left join webhook_endpoints w on w.organization_id = $1 and w.agent_id is not distinct from named.agent_id
      where named.agent_id is null or exists (select from agents a where a.organization_id = $1 and a.id = named.agent_id)`,
    values: [organizationId, ofAgentId],
  });
  if (found === undefined) throw new ParleyError('NOT_FOUND', 'there is no such agent');
  return found.id;
}

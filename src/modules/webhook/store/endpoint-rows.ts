import type { Queryable } from '../../../database/database.ts';
import { columns, source } from '../../../database/source.ts';
import type { WebhookEndpointModel } from '../../../generated/prisma/models.ts';

const fields = [
  'id',
  'agentId',
  'url',
  'secretHint',
  'previousSecretUntil',
  'contextLimit',
  'timeoutSeconds',
  'disabledReason',
  'disabledAt',
  'failuresInARow',
  'failingSince',
  'createdAt',
] as const;

/** An endpoint without its secrets. */
export type EndpointRow = Pick<WebhookEndpointModel, (typeof fields)[number]>;

export const endpointColumns = columns('w', fields);

/** Endpoints by id, and as the list of their organization. */
export const endpointSource = source<EndpointRow>({
  label: 'webhook_endpoints',
  columns: endpointColumns,
  from: 'webhook_endpoints w',
  organization: 'w.organization_id',
  parent: 'w.organization_id',
  key: 'w.id',
  id: 'w.id',
});

/** Endpoints by the id of their agent. */
export const endpointOfAgent = { ...endpointSource, key: 'w.agent_id' };

/** The endpoint without an agent, by the id of its organization. */
export const endpointOfOrganization = source<EndpointRow>({
  label: 'webhook_endpoints',
  columns: endpointColumns,
  from: '(select * from webhook_endpoints where organization_id = $1 and agent_id is null) w',
  organization: 'w.organization_id',
  key: 'w.organization_id',
});

/** Returns the endpoints of an organization, oldest first. */
export function listEndpoints(database: Queryable, organizationId: string): Promise<EndpointRow[]> {
  return database.query({
    label: 'webhook_endpoint_list',
    text: `select ${endpointColumns} from webhook_endpoints w where w.organization_id = $1 order by w.created_at, w.id`,
    values: [organizationId],
  });
}

import type { Queryable } from '../../../database/database.ts';
import { type ApiKey, apiKeyColumns } from './columns.ts';

/** Returns all keys of an organization, expired and revoked ones too, the oldest first. */
export function listApiKeys(database: Queryable, organizationId: string): Promise<ApiKey[]> {
  return database.query({
    label: 'api_key_list',
    text: `select ${apiKeyColumns} from api_keys where organization_id = $1 order by created_at, id`,
    values: [organizationId],
  });
}

import type { Queryable } from '../../../database/database.ts';
import { type ApiKeyRow, apiKeyColumns } from './rows.ts';

/** Returns every key of an organization, expired and revoked ones too, oldest first. */
export function listApiKeys(database: Queryable, organizationId: string): Promise<ApiKeyRow[]> {
  return database.query({
    label: 'api_key_list',
    text: `select ${apiKeyColumns} from api_keys k where k.organization_id = $1 order by k.created_at, k.id`,
    values: [organizationId],
  });
}

import type { SealedSecrets } from '../../../auth/sealed-secrets.ts';
import type { Queryable } from '../../../database/database.ts';

interface Secrets {
  organizationId: string;
  id: string;
  secret: string;
  previousSecret: string | null;
}

/** Counts the endpoints of all organizations, and those with a secret that cannot be opened with these keys: for the operator. */
export async function countUnreadable(database: Queryable, secrets: SealedSecrets): Promise<{ endpoints: number; unreadable: number }> {
  const rows = await database.query<Secrets>({
    label: 'webhook_secrets',
    text: `select w.organization_id as "organizationId", w.id, w.secret,
        case when w.previous_secret_until > clock_timestamp() then w.previous_secret end as "previousSecret" from webhook_endpoints w`,
  });
  const unreadable = rows.filter((place) =>
    [place.secret, place.previousSecret].some((each) => each !== null && secrets.open(place, each) === null),
  );
  return { endpoints: rows.length, unreadable: unreadable.length };
}

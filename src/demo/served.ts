import { hashSecret } from '../auth/secret.ts';
import type { Database } from '../database/database.ts';
import { encodeId } from '../values/ids.ts';
import { demoKey } from './organizations.ts';

/** The parts of the demo that pages show. */
export interface Demo {
  /** A key with all scopes. */
  key: string;
  /** Global id of the conversation that the example operations open. */
  conversationId: string;
}

/** Returns the demo if this database serves it: it is embedded and the demo's key is valid. Else null. */
export async function servedDemo(database: Database): Promise<Demo | null> {
  if (database.kind !== 'embedded') return null;
  const [conversation] = await database.query<{ id: string }>({
    label: 'demo_served',
    text: `select c.id from api_keys k
      join phone_numbers n on n.organization_id = k.organization_id and n.number = '+15551112222'
      join conversations c on c.organization_id = k.organization_id and c.phone_number_id = n.id and c.contact_number = '+15554443333'
      where k.hash = $1 and k.revoked_at is null`,
    values: [hashSecret(demoKey)],
  });
  return conversation === undefined ? null : { key: demoKey, conversationId: encodeId('Conversation', conversation.id) };
}

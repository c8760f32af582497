import type { Database } from '../../database/database.ts';
import { ParleyError } from '../../errors.ts';
import { updateParticipant } from '../../modules/participant/commands/update.ts';
import { checkName } from '../../values/name.ts';

interface Contact {
  name?: string | null | undefined;
  phoneNumber: string;
}

/** Gives a contact its name at the vendor, which is one text. A name that is unknown there, or that is not allowed here, changes nothing. */
export async function nameContact(database: Database, organizationId: string, { name, phoneNumber }: Contact): Promise<void> {
  if (name == null) return;
  const [firstName = '', ...more] = name.trim().split(/\s+/);
  const lastName = more.length === 0 ? null : more.join(' ');
  try {
    checkName('firstName', firstName);
    if (lastName !== null) checkName('lastName', lastName);
  } catch (error) {
    if (error instanceof ParleyError) return;
    throw error;
  }
  const [contact] = await database.query<{ id: string }>({
    label: 'contact_with_other_name',
    text: `select p.id from participants p where p.organization_id = $1 and p.contact_number = $2
      and (p.first_name, p.last_name) is distinct from ($3::text, $4::text)`,
    values: [organizationId, phoneNumber, firstName, lastName],
  });
  if (contact !== undefined) await updateParticipant(database, organizationId, contact.id, { firstName, lastName });
}

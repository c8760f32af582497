import type { Queryable } from '../../../database/database.ts';

/** Returns the id of a message by its external id, among the conversations of a contact; null if there is none. */
export async function findMessageOfContact(
  database: Queryable,
  organizationId: string,
  { contactNumber, externalId }: { contactNumber: string; externalId: string },
): Promise<string | null> {
  const [message] = await database.query<{ id: string }>({
    label: 'message_of_contact',
    text: `select m.id from conversations c
      join visible_messages m on m.organization_id = $1 and m.conversation_id = c.id and m.external_id = $3
      where c.organization_id = $1 and c.contact_number = $2 limit 1`,
    values: [organizationId, contactNumber, externalId],
  });
  return message?.id ?? null;
}

import type { Queryable } from '../../../database/database.ts';

interface Place {
  phoneNumber: string;
  contactNumber: string;
  createdAt: Date;
}

/** Returns whether a contact wrote a message to a phone number after this time. */
export async function hasLaterInbound(
  database: Queryable,
  organizationId: string,
  { phoneNumber, contactNumber, createdAt }: Place,
): Promise<boolean> {
  const [row] = await database.query<{ exists: boolean }>({
    label: 'message_later_inbound',
    text: `select exists(select from phone_numbers n
      join conversations c on c.organization_id = $1 and c.phone_number_id = n.id and c.contact_number = $3
      join visible_messages m on m.organization_id = $1 and m.conversation_id = c.id and m.direction = 'INBOUND' and m.created_at > $4
      where n.organization_id = $1 and n.number = $2)`,
    values: [organizationId, phoneNumber, contactNumber, createdAt],
  });
  return row?.exists === true;
}

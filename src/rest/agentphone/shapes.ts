// Shapes that the answers of several resources share.
import { z } from 'zod';

export const time = z.iso.datetime();

export const receivedAt = z.iso.datetime().meta({
  description:
    'A time in milliseconds, followed by three or more digits that distinguish the messages of one phone number and millisecond. These digits never change, and the order of the texts is the order of the list.',
});

export const direction = z.enum(['inbound', 'outbound']);

export const channel = z.enum(['sms', 'mms', 'imessage', 'rcs', 'whatsapp', 'chat']);

/** A sender or a recipient. */
export const party = z
  .string()
  .meta({ description: 'The number of the organization, E.164, or the address of the contact: see `participant`.' });

/** A key that only a message without content has. */
export const redactedAt = time
  .optional()
  .meta({ description: 'The time at which the message was redacted or deleted. Absent while it has its content.' });

export function listOf<Item extends z.ZodType, Rest extends z.ZodRawShape>(item: Item, rest: Rest) {
  return z.strictObject({ data: z.array(item), hasMore: z.boolean(), ...rest });
}

import type { RequestDatabase } from '../../../database/database.ts';
import { badInput, ParleyError } from '../../../errors.ts';
import { aheadProblem } from '../../../values/instant.ts';
import { writeEvents } from '../../event/commands/write.ts';
import { type ConsentRow, consentFields } from '../store/rows.ts';
import { recordConsents } from './record-consents.ts';

interface Answer {
  phoneNumberId: string;
  contactNumber: string;
  optedIn: boolean;
  at: Date;
}

/**
 * Records that a contact agrees, or refuses, to receive messages from a number. As with imported lines, the times of the latest yes and the latest no are stored,
 * and the later one counts. @returns the current consent, and whether this changed it. @throws BAD_USER_INPUT, NOT_FOUND
 */
export async function recordConsent(
  database: RequestDatabase,
  organizationId: string,
  { phoneNumberId, contactNumber, optedIn, at }: Answer,
): Promise<{ consent: ConsentRow; changed: boolean }> {
  const problem = aheadProblem(at);
  if (problem !== null) throw badInput('at', problem);
  return database.transaction(async (tx) => {
    const number = { organizationId_id: { organizationId, id: phoneNumberId } };
    if ((await tx.prisma.phoneNumber.findUnique({ where: number, select: { id: true } })) === null)
      throw new ParleyError('NOT_FOUND', 'there is no such phone number');
    // Locked before the consent is written, as in ingestion, so that the two do not deadlock. A conversation that is created meanwhile reads this answer.
    const [conversation] = await tx.query<{ id: string }>({
      label: 'consent_lock_conversation',
      text: 'select id from conversations where organization_id = $1 and phone_number_id = $2 and contact_number = $3 for no key update',
      values: [organizationId, phoneNumberId, contactNumber],
    });
    const changed = await recordConsents(tx, organizationId, [{ phoneNumberId, contactNumber, optedIn, at: at.toISOString() }]);
    if (changed.length > 0 && conversation !== undefined)
      await writeEvents(tx, organizationId, [{ kind: 'CONVERSATION_UPDATED', conversationId: conversation.id }]);
    const pair = { organizationId_phoneNumberId_contactNumber: { organizationId, phoneNumberId, contactNumber } };
    const consent = await tx.prisma.consent.findUniqueOrThrow({ where: pair, select: consentFields });
    return { consent, changed: changed.length > 0 };
  });
}

import type { RequestDatabase } from '../../../database/database.ts';
import { badInput, ParleyError } from '../../../errors.ts';
import { aheadProblem } from '../../../values/instant.ts';
import { writeEvents } from '../../event/commands/write.ts';
import type { ConsentRow } from '../store/rows.ts';
import { recordConsents } from './record-consents.ts';

interface Answer {
  phoneNumberId: string;
  contactNumber: string;
  optedIn: boolean;
  at: Date;
}

/**
 * Keeps a contact's answer whether they agree to hear from a number, by the rule of imported lines: of each answer the latest instant, and of the two the later.
 * @returns the consent as it is now, and whether this changed it. @throws BAD_USER_INPUT, NOT_FOUND
 */
export async function recordConsent(
  database: RequestDatabase,
  organizationId: string,
  { phoneNumberId, contactNumber, optedIn, at }: Answer,
): Promise<{ consent: ConsentRow; changed: boolean }> {
  const problem = aheadProblem(at);
  if (problem !== null) throw badInput('at', problem);
  const pair = [organizationId, phoneNumberId, contactNumber];
  return database.transaction(async (tx) => {
    const [number] = await tx.query({
      label: 'consent_number',
      text: 'select 1 from phone_numbers where organization_id = $1 and id = $2',
      values: [organizationId, phoneNumberId],
    });
    if (number === undefined) throw new ParleyError('NOT_FOUND', 'there is no such phone number');
    // Before the consent, as ingestion does: a conversation made meanwhile takes this answer for its own.
    const [conversation] = await tx.query<{ id: string }>({
      label: 'consent_lock_conversation',
      text: 'select id from conversations where organization_id = $1 and phone_number_id = $2 and contact_number = $3 for no key update',
      values: pair,
    });
    const changed = await recordConsents(tx, organizationId, [{ phoneNumberId, contactNumber, optedIn, at: at.toISOString() }]);
    if (changed.length > 0 && conversation !== undefined)
      await writeEvents(tx, organizationId, [{ kind: 'CONVERSATION_UPDATED', conversationId: conversation.id }]);
    const [consent] = await tx.query<ConsentRow>({
      label: 'consent_read',
      text: `select opted_in as "optedIn", opted_in_at as "optedInAt", opted_out_at as "optedOutAt" from consents
        where organization_id = $1 and phone_number_id = $2 and contact_number = $3`,
      values: pair,
    });
    if (consent === undefined) throw new Error('a consent that was just recorded is missing');
    return { consent, changed: changed.length > 0 };
  });
}

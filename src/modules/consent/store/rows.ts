import { columns, selecting, source } from '../../../database/source.ts';
import type { ConsentModel } from '../../../generated/prisma/models.ts';

const fields = ['optedIn', 'optedInAt', 'optedOutAt'] as const;

export type ConsentRow = Pick<ConsentModel, (typeof fields)[number]>;

export const consentFields = selecting(fields);

/** The consent of a conversation's contact to its phone number, by the conversation's id. */
export const consentOfConversation = source<ConsentRow>({
  label: 'consents',
  columns: columns('s', fields),
  from: `conversations c join consents s on s.organization_id = $1 and s.phone_number_id = c.phone_number_id
    and s.contact_number = c.contact_number`,
  organization: 'c.organization_id',
  key: 'c.id',
});

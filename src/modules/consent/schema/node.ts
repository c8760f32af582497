import { builder } from '../../../graphql/schema/builder.ts';
import type { ConsentRow } from '../store/rows.ts';

export const Consent = builder.objectRef<ConsentRow>('Consent').implement({
  description: 'Whether a contact agreed to hear from one of the organization’s numbers.',
  fields: (t) => ({
    optedIn: t.exposeBoolean('optedIn', { description: 'The latest answer. Where both came at one instant, the refusal holds.' }),
    optedInAt: t.expose('optedInAt', { type: 'DateTime', nullable: true, description: 'The latest yes; null where there was none.' }),
    optedOutAt: t.expose('optedOutAt', { type: 'DateTime', nullable: true, description: 'The latest no; null where there was none.' }),
  }),
});

import { builder } from '../../../graphql/schema/builder.ts';
import type { ConsentRow } from '../store/rows.ts';

export const Consent = builder.objectRef<ConsentRow>('Consent').implement({
  description: 'The consent of a contact to receive messages from one of the organization’s phone numbers.',
  fields: (t) => ({
    optedIn: t.exposeBoolean('optedIn', {
      description: 'True if the latest answer is yes. If a yes and a no have the same time, the no counts.',
    }),
    optedInAt: t.expose('optedInAt', {
      type: 'DateTime',
      nullable: true,
      description: 'The time of the latest yes; null if there was none.',
    }),
    optedOutAt: t.expose('optedOutAt', {
      type: 'DateTime',
      nullable: true,
      description: 'The time of the latest no; null if there was none.',
    }),
  }),
});

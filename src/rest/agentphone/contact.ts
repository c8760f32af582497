import { z } from 'zod';
import type { AgentPhoneListContactsQuery } from '../../generated/graphql/graphql.ts';
import { contactAddressRule } from '../../values/contact-address.ts';
import { known } from '../kit/words.ts';
import { withPrefix } from './ids.ts';
import { time } from './shapes.ts';

/** Somebody with whom the organization's numbers hold conversations. */
export const contact = z
  .strictObject({
    id: z.string(),
    phoneNumber: z.string().meta({ description: `The address of the contact. ${contactAddressRule}` }),
    name: z.string().describe('The full name; the number if no name is known.'),
    email: z.null(),
    notes: z.null(),
    createdAt: time,
    updatedAt: time.meta({ description: 'The same as `createdAt`: later changes are not dated.' }),
  })
  .meta({ id: 'Contact' });

export const contactExample: z.input<typeof contact> = {
  id: 'con_BQGQobLD1HAAgAAAAAAAAAU',
  phoneNumber: '+15559876543',
  name: 'Jane Doe',
  email: null,
  notes: null,
  createdAt: '2025-01-15T11:30:00Z',
  updatedAt: '2025-01-15T11:30:00Z',
};

type Contact = NonNullable<AgentPhoneListContactsQuery['contacts']>['nodes'][number];

export function presentContact({ id, contactNumber, name, createdAt }: Contact): z.input<typeof contact> {
  const dates = { createdAt, updatedAt: createdAt };
  return { id: withPrefix('Participant', id), phoneNumber: known(contactNumber), name, email: null, notes: null, ...dates };
}

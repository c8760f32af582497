import { z } from 'zod';
import { AgentPhoneListContactsDocument, type AgentPhoneListContactsQuery } from '../../generated/graphql/graphql.ts';
import { contactAddressRule } from '../../values/contact-address.ts';
import { notNull } from '../kit/present.ts';
import { emptyIsAbsent, searchText } from '../kit/request/parameters.ts';
import { route } from '../kit/route.ts';
import { withPrefix } from './ids.ts';
import { offsetPage, offsetVariables, presentOffsetPage } from './offset-page.ts';
import { listOf, time } from './shapes.ts';

/** A person with whom the organization's numbers have conversations. */
export const contact = z
  .strictObject({
    id: z.string(),
    phoneNumber: z.string().meta({ description: `The address of the contact. ${contactAddressRule}` }),
    name: z.string().describe('The full name; the number if the name is unknown.'),
    email: z.null(),
    notes: z.null(),
    createdAt: time,
    updatedAt: time.meta({ description: 'The same as `createdAt`: the times of later changes are not stored.' }),
  })
  .meta({ id: 'Contact' });

const contactExample: z.input<typeof contact> = {
  id: 'con_BQGQobLD1HAAgAAAAAAAAAU',
  phoneNumber: '+15559876543',
  name: 'Jane Doe',
  email: null,
  notes: null,
  createdAt: '2025-01-15T11:30:00Z',
  updatedAt: '2025-01-15T11:30:00Z',
};

export const listContacts = route({
  method: 'GET',
  path: '/v1/contacts',
  summary: 'List contacts',
  description:
    'Everybody with whom a number of the organization has a conversation, in the order in which they were stored. With `search`, `total` counts up to 10,000.',
  document: AgentPhoneListContactsDocument,
  params: z.object({}),
  query: offsetPage.extend({
    search: emptyIsAbsent(searchText).meta({
      description: 'A part of the name or the number, without regard to case. Empty counts as absent.',
      examples: ['Jane'],
    }),
  }),
  variables: ({ query }) => ({ ...offsetVariables(query), filter: { query: query.search } }),
  response: listOf(contact, { total: z.int() }),
  example: { data: [contactExample], hasMore: false, total: 1 },
  present: ({ contacts }, { query }) => presentOffsetPage(contacts, query, presentContact),
});

type Contact = NonNullable<AgentPhoneListContactsQuery['contacts']>['nodes'][number];

function presentContact({ id, contactNumber, name, createdAt }: Contact): z.input<typeof contact> {
  const dates = { createdAt, updatedAt: createdAt };
  return { id: withPrefix('Participant', id), phoneNumber: notNull(contactNumber), name, email: null, notes: null, ...dates };
}

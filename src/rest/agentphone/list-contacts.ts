import { z } from 'zod';
import { AgentPhoneListContactsDocument } from '../../generated/graphql/graphql.ts';
import { route } from '../kit/route.ts';
import { searched } from '../kit/searched.ts';
import { contact, contactExample, presentContact } from './contact.ts';
import { offsetFields, offsetPage, offsetRecipe, offsetVariables, presentOffsetPage } from './offset-page.ts';
import { listOf } from './shapes.ts';

export const listContacts = route({
  method: 'GET',
  path: '/v1/contacts',
  summary: 'List contacts',
  description:
    'Everybody with whom a number of the organization holds a conversation, the first stored first. With `search`, `total` counts up to 10,000.',
  document: AgentPhoneListContactsDocument,
  params: z.object({}),
  query: offsetPage.extend({
    search: searched
      .optional()
      .meta({ description: 'A part of the name or the number, without regard to case. Empty counts as absent.', examples: ['Jane'] }),
  }),
  fields: { ...offsetFields, 'filter.query': 'search' },
  variables: ({ query }) => ({ ...offsetVariables(query), filter: { query: query.search || undefined } }),
  recipe: { ...offsetRecipe, filter: { query: 'query.search || undefined' } },
  response: listOf(contact, { total: z.int() }),
  example: { data: [contactExample], hasMore: false, total: 1 },
  present: ({ contacts }, { query }) => presentOffsetPage(contacts, query, presentContact),
});

import { z } from 'zod';
import { AgentPhoneListNumbersDocument } from '../../generated/graphql/graphql.ts';
import { route } from '../kit/route.ts';
import { number, numberExample, presentNumber } from './number.ts';
import { offsetFields, offsetPage, offsetRecipe, offsetVariables, presentOffsetPage } from './offset-page.ts';
import { listOf } from './shapes.ts';

export const listNumbers = route({
  method: 'GET',
  path: '/v1/numbers',
  summary: 'List phone numbers',
  description: 'The numbers of the organization, the first stored first.',
  document: AgentPhoneListNumbersDocument,
  params: z.object({}),
  query: offsetPage,
  fields: offsetFields,
  variables: ({ query }) => offsetVariables(query),
  recipe: offsetRecipe,
  response: listOf(number, { total: z.int() }),
  example: { data: [numberExample], hasMore: false, total: 1 },
  present: ({ phoneNumbers }, { query }) => presentOffsetPage(phoneNumbers, query, presentNumber),
});

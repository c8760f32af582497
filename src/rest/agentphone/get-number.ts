import { z } from 'zod';
import { AgentPhoneGetNumberDocument } from '../../generated/graphql/graphql.ts';
import { route } from '../kit/route.ts';
import { idOf } from './ids.ts';
import { number, numberExample, presentNumber } from './number.ts';

export const getNumber = route({
  method: 'GET',
  path: '/v1/numbers/{number_id}',
  summary: 'Get a phone number',
  document: AgentPhoneGetNumberDocument,
  params: z.object({ number_id: idOf('PhoneNumber') }),
  query: z.object({}),
  fields: {},
  variables: ({ params }) => ({ id: params.number_id }),
  recipe: { id: 'path.number_id.replace("num_", "")' },
  response: number,
  example: numberExample,
  present: ({ node }) => (node?.__typename === 'PhoneNumber' ? presentNumber(node) : null),
});

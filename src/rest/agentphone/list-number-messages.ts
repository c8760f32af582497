import { z } from 'zod';
import {
  AgentPhoneListNumberMessagesDocument,
  type AgentPhoneListNumberMessagesQuery,
  type AgentPhoneListNumberMessagesQueryVariables,
} from '../../generated/graphql/graphql.ts';
import { route } from '../kit/route.ts';
import { known, lower } from '../kit/words.ts';
import { numberMessageListExample } from './examples.ts';
import { idOf, withPrefix } from './ids.ts';
import { redaction } from './present-message.ts';
import { formatReceivedAt } from './received-at.ts';
import { numberMessageList } from './shapes.ts';
import { presentTimePage, timeFields, timePage, timeRecipe, timeVariables } from './time-page.ts';

export const listNumberMessages = route({
  method: 'GET',
  path: '/v1/numbers/{number_id}/messages',
  summary: 'List the messages of a phone number',
  description: 'Of all of its conversations, newest first, paged as those of a conversation.',
  document: AgentPhoneListNumberMessagesDocument,
  params: z.object({ number_id: idOf('PhoneNumber') }),
  query: timePage,
  fields: timeFields,
  variables: ({ params, query }): AgentPhoneListNumberMessagesQueryVariables => ({ number: params.number_id, ...timeVariables(query) }),
  recipe: { number: 'path.number_id.replace("num_", "")', ...timeRecipe },
  response: numberMessageList,
  example: numberMessageListExample,
  present: ({ node }, { query }) => (node && 'messages' in node ? presentTimePage(node.messages, query, present) : null),
});

type PhoneNumber = Extract<AgentPhoneListNumberMessagesQuery['node'], { messages: unknown }>;

function present(message: NonNullable<PhoneNumber['messages']>['nodes'][number]) {
  const from = known(message.from);
  return {
    id: withPrefix('Message', message.id),
    // As the SDK names it, whose generator shuns Python's keyword, and as it is.
    from_: from,
    from,
    to: known(message.to),
    body: message.body ?? '',
    direction: lower(message.direction),
    channel: lower(message.channel),
    receivedAt: formatReceivedAt(message),
    ...redaction(message),
  };
}

// A refusal of the schema names a GraphQL argument. The client knows a parameter, or a key of its body: the mapping of the route says which.
import { expect, test } from 'vitest';
import { cases } from '../../all-routes.ts';

const conversations = { first: 'query limit', after: 'query cursor' };
const offsets = { first: 'query limit', offset: 'query offset' };
const times = { first: 'query limit', last: 'query limit', 'filter.sentBefore': 'query before', 'filter.sentAfter': 'query after' };

test.each<[title: string, named: Record<string, string>]>([
  [
    'agentmessage: GET /v1/conversations',
    {
      ...conversations,
      'filter.phoneNumberId': 'query phone_number_id',
      'filter.contactNumber': 'query contact_number',
      'filter.since': 'query since',
      'filter.optedIn': 'query opted_in',
    },
  ],
  ['agentmessage: GET /v1/conversations/{id}/messages', { ...conversations, id: 'path id' }],
  ['agentphone: GET /v1/conversations', { ...offsets, 'filter.agentId': 'query agent_id' }],
  ['agentphone: GET /v1/conversations/{conversation_id}', { first: 'query message_limit', id: 'path conversation_id' }],
  ['agentphone: PATCH /v1/conversations/{conversation_id}', { 'input.metadata': 'body metadata' }],
  ['agentphone: GET /v1/conversations/{conversation_id}/messages', times],
  ['agentphone: POST /v1/conversations/{conversation_id}/background', { 'input.imageUrl': 'body image_url' }],
  ['agentphone: GET /v1/agents', offsets],
  ['agentphone: GET /v1/agents/{agent_id}/conversations', offsets],
  ['agentphone: GET /v1/numbers', offsets],
  ['agentphone: GET /v1/numbers/{number_id}/messages', times],
  ['agentphone: GET /v1/contacts', { ...offsets, 'filter.query': 'query search' }],
  [
    'ziik: GET /conversations/{conversation}/messages',
    {
      first: 'query limit',
      last: 'query limit',
      after: 'query cursor',
      before: 'query cursor',
      aroundNumber: 'query starter_message_id',
      'filter.query': 'query query',
    },
  ],
  ['ziik: GET /conversations', { first: 'query limit', offset: 'query page', 'filter.query': 'query keyword' }],
])('%s', (title, named) => {
  const sources = cases.find((each) => each.title === title)?.route.sources ?? new Map();
  expect(Object.fromEntries([...sources].map(([argument, { part, name }]) => [argument, `${part} ${name}`]))).toMatchObject(named);
});

test('a constant names no parameter: the messages of an updated conversation are always 50', () => {
  const update = cases.find(({ title }) => title === 'agentphone: PATCH /v1/conversations/{conversation_id}');
  expect(update?.route.sources.has('first')).toBe(false);
});

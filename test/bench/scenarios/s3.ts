import { encodeId } from '../../../src/values/ids.ts';
import type { Scenario } from '../scenario.ts';
import { operation, rest, restTargets } from './agentmessage.ts';
import { type Json, largestConversations, ms, uuid } from './rows.ts';

const rowOf = (message: Json, ends: { from: string; to: string }) => ({
  id: uuid(message.id),
  direction: message.direction.toUpperCase(),
  from: ends.from,
  to: ends.to,
  body: message.body,
  mediaUrls: message.media_urls ?? message.mediaUrls,
  channel: message.channel.toUpperCase(),
  segmentCount: message.segment_count ?? message.segmentCount,
  status: message.status?.toUpperCase() ?? null,
  createdAt: ms(message.created_at ?? message.createdAt),
});

const endsOf = ({ direction, contact_number: contact, phone_number: own }: Json) =>
  direction === 'INBOUND' ? { from: contact, to: own } : { from: own, to: contact };

export const s3: Scenario = {
  id: 'S3',
  title: "AgentMessage: a page of 50 of a conversation's messages",
  roles: ['main'],
  cases: async (database) => {
    const ids = await largestConversations(database);
    const key = database.organizations.main?.key;
    return [
      {
        name: 'floor',
        contender: 'floor',
        calls: ids.map((id) => ({ method: 'GET', path: `/s3?id=${id}` })),
        rows: ({ total, items }: Json) => [total, ...items.map((each: Json) => rowOf(each, endsOf(each)))],
      },
      {
        name: 'AgentMessage',
        contender: 'parley',
        calls: ids.map((id) => rest(`/v1/conversations/${encodeId('Conversation', id)}/messages?limit=50`, key)),
        rows: ({ data, meta }: Json) => [
          meta.total,
          ...data.map((each: Json) => rowOf(each, { from: each.from_number, to: each.to_number })),
        ],
      },
      {
        name: 'its operation over /graphql',
        contender: 'parley',
        calls: ids.map((id) => operation('messages', { id: encodeId('Conversation', id), first: 50, direction: 'ASC' }, key)),
        rows: ({ data: { conversation } }: Json) => [
          conversation.messages.totalCount,
          ...conversation.messages.nodes.map((each: Json) => rowOf(each, each)),
        ],
      },
    ];
  },
  targets: restTargets,
};

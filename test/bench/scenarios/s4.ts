import type { Scenario } from '../scenario.ts';
import { operation, rest, restTargets } from './agentmessage.ts';
import { type Json, ms, uuid } from './rows.ts';

const restRow = (each: Json) => ({
  id: uuid(each.id),
  phoneNumberId: each.phone_number_id,
  phoneNumber: each.phone_number,
  contactNumber: each.contact_number,
  lastMessageAt: ms(each.last_message_at),
  lastMessageDirection: each.last_message_direction.toUpperCase(),
  preview: each.last_message_preview,
  redactedAt: ms(each.last_message_body_redacted_at),
  messageCount: each.message_count,
});

const consent = (optedIn: boolean, optedInAt: string | null) => ({ optedIn, optedInAt: ms(optedInAt) });

export const s4: Scenario = {
  id: 'S4',
  title: 'AgentMessage: a page of 50 conversations with preview, consent, total',
  roles: ['main'],
  cases: async ({ organizations: { main } }) => [
    {
      name: 'floor',
      contender: 'floor',
      calls: [{ method: 'GET', path: '/s4' }],
      rows: ({ total, items }: Json) => [
        total,
        ...items.map((each: Json) => ({
          ...restRow(each),
          consent: each.opted_in === null ? null : consent(each.opted_in, each.opted_in_at),
        })),
      ],
    },
    {
      name: 'AgentMessage',
      contender: 'parley',
      calls: [rest('/v1/conversations?limit=50', main?.key)],
      rows: ({ data, meta }: Json) => [
        meta.total,
        ...data.map((each: Json) => ({
          ...restRow(each),
          consent: each.consent && consent(each.consent.opted_in, each.consent.opted_in_at),
        })),
      ],
    },
    {
      name: 'its operation over /graphql',
      contender: 'parley',
      calls: [operation('conversations', { first: 50, filter: { types: ['PHONE'] } }, main?.key)],
      rows: ({ data: { conversations } }: Json) => [
        conversations.totalCount,
        ...conversations.nodes.map((each: Json) => ({
          id: uuid(each.id),
          phoneNumberId: uuid(each.phoneNumber.id),
          phoneNumber: each.phoneNumber.e164,
          contactNumber: each.contactNumber,
          lastMessageAt: ms(each.lastMessageAt),
          lastMessageDirection: each.lastMessage.direction,
          preview: each.lastMessagePreview,
          redactedAt: ms(each.lastMessage.redactedAt),
          messageCount: each.messageCount,
          consent: each.consent && consent(each.consent.optedIn, each.consent.optedInAt),
        })),
      ],
    },
  ],
  targets: restTargets,
};

import { builder } from '../../../graphql/schema/builder.ts';
import { OrderDirection } from '../../../graphql/schema/order.ts';
import { longestSearch, longestSearchable } from '../../../values/search-text.ts';
import { ChannelEnum, DirectionEnum, StatusEnum } from './enums.ts';

export const MessageFilterInput = builder.inputType('MessageFilter', {
  description: 'Which messages: those that fit every field given. A field must not be null: leave it out.',
  fields: (t) => ({
    sentBefore: t.field({ type: 'DateTime', description: 'Sent before this instant.' }),
    sentBeforeRank: t.int({
      description: 'With `sentBefore`: also messages sent at exactly that instant whose `createdAtRank` is less than this. 0 or more.',
    }),
    sentAfter: t.field({ type: 'DateTime', description: 'Sent after this instant.' }),
    sentAfterRank: t.int({
      description: 'With `sentAfter`: also messages sent at exactly that instant whose `createdAtRank` is greater than this. 0 or more.',
    }),
    direction: t.field({ type: DirectionEnum, description: 'That went this way.' }),
    channels: t.field({ type: [ChannelEnum], description: 'That travelled by one of these.' }),
    statuses: t.field({ type: [StatusEnum], description: 'Whose status is one of these; an inbound message has none.' }),
    query: t.string({
      description: `Full-text search in the body, in any script, without regard to case, accents and width: every word must begin some word of the body; in scripts written without spaces it must stand in it. Finds normal messages whose content is there; a query without a letter or digit finds nothing. At most ${longestSearch} characters, one that stands for several, as ㍿ for 株式会社, counted as those. The first ${longestSearchable.toLocaleString('en')} characters of a body are searchable, counted in the same way.`,
    }),
  }),
});

const OrderField = builder.enumType('MessageOrderField', {
  description: 'What messages can be ordered by; ties go by id.',
  values: { CREATED_AT: { description: 'When they were sent.' } },
});

export const MessageOrderInput = builder.inputType('MessageOrder', {
  description: 'The order of a list of messages.',
  fields: (t) => ({
    field: t.field({ type: OrderField, required: true, description: 'By what.' }),
    direction: t.field({ type: OrderDirection, required: true, description: 'Which end comes first.' }),
  }),
});

import { builder } from '../../../graphql/schema/builder.ts';
import { OrderDirection } from '../../../graphql/schema/shared-arguments.ts';
import { longestSearch, longestSearchable } from '../../../values/search-text.ts';
import { ChannelEnum, DirectionEnum, StatusEnum } from './enums.ts';

export const MessageFilterInput = builder.inputType('MessageFilter', {
  description: 'A filter of messages: a message matches if it matches every given field. A field must not be null: leave it out.',
  fields: (t) => ({
    sentBefore: t.field({ type: 'DateTime', description: 'Messages sent before this time.' }),
    sentBeforeRank: t.int({
      description:
        'Together with `sentBefore`: also messages sent at exactly that time whose `createdAtRank` is less than this number. 0 or more.',
    }),
    sentAfter: t.field({ type: 'DateTime', description: 'Messages sent after this time.' }),
    sentAfterRank: t.int({
      description:
        'Together with `sentAfter`: also messages sent at exactly that time whose `createdAtRank` is greater than this number. 0 or more.',
    }),
    direction: t.field({ type: DirectionEnum, description: 'Messages of this direction only.' }),
    channels: t.field({ type: [ChannelEnum], description: 'Messages sent over one of these channels.' }),
    statuses: t.field({ type: [StatusEnum], description: 'Messages with one of these statuses. Inbound messages have no status.' }),
    query: t.string({
      description: `Full-text search in the body, in any script, ignoring case, accents and width. A message matches if each word of the query is the beginning of a word of the body; in scripts without spaces, if the body contains it. Service messages and redacted or deleted messages never match. A query without a letter or digit matches nothing. At most ${longestSearch} characters; a character that stands for several, such as ㍿ for 株式会社, counts as several. The first ${longestSearchable.toLocaleString('en')} characters of a body, counted in the same way, are searchable.`,
    }),
  }),
});

const OrderField = builder.enumType('MessageOrderField', {
  description: 'A field that messages can be ordered by. Equal values are ordered by id.',
  values: { CREATED_AT: { description: 'The time at which the message was sent.' } },
});

export const MessageOrderInput = builder.inputType('MessageOrder', {
  description: 'The order of a list of messages.',
  fields: (t) => ({
    field: t.field({ type: OrderField, required: true, description: 'The field to order by.' }),
    direction: t.field({ type: OrderDirection, required: true, description: 'The direction of the order.' }),
  }),
});

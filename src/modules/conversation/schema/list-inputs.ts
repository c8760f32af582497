import { builder } from '../../../graphql/schema/builder.ts';
import { OrderDirection } from '../../../graphql/schema/shared-arguments.ts';
import { longestSearch } from '../../../values/search-text.ts';
import { Agent } from '../../agent/schema/ref.ts';
import { PhoneNumber } from '../../phone-number/schema/ref.ts';
import { ConversationTypeEnum } from './ref.ts';

const MetadataFilter = builder.inputType('MetadataFilter', {
  description: 'A filter by one key of a conversation’s metadata.',
  fields: (t) => ({
    key: t.string({ required: true, description: 'A key of the metadata object itself, not of an object within it.' }),
    value: t.field({
      type: 'JSON',
      description:
        'The value that the key must have, of the same type: `1` does not match `"1"`. Null matches a stored null. An object matches if the stored object has all its keys with these values, a list if the stored list has all its items. The field must be given. At most 10 values in total, and 16 KiB of JSON together with the key.',
    }),
  }),
});

export const ConversationFilterInput = builder.inputType('ConversationFilter', {
  description: 'A filter of conversations: a conversation matches if it matches every given field. A field must not be null: leave it out.',
  fields: (t) => ({
    phoneNumberId: t.globalID({ for: PhoneNumber, description: 'The global id of a phone number: only its conversations.' }),
    contactNumber: t.field({
      type: 'PhoneNumberString',
      description: 'The address of a contact, compared exactly: only conversations with this contact.',
    }),
    agentId: t.globalID({ for: Agent, description: 'The global id of an agent: only conversations that it is assigned to.' }),
    unassigned: t.boolean({ description: 'True: only conversations without an agent. False: only those with one.' }),
    since: t.field({ type: 'DateTime', description: 'Only conversations whose latest message was sent at this time or later.' }),
    optedIn: t.boolean({
      description:
        'Only conversations whose contact’s latest answer is yes (true) or no (false). A conversation without an answer matches neither.',
    }),
    types: t.field({ type: [ConversationTypeEnum], description: 'Only conversations of these types.' }),
    archived: t.boolean({ description: 'True: only archived conversations. False: only those that are not archived.' }),
    unread: t.boolean({ description: 'True: only conversations with unread messages. False: only those without.' }),
    metadata: t.field({
      type: MetadataFilter,
      description: 'Only conversations whose metadata has this key with this value. It costs as much as a search.',
    }),
    query: t.string({
      description: `Only conversations whose title, contact’s address or a participant’s name contains this text, ignoring case, accents and width. At most ${longestSearch} characters, counted as in \`MessageFilter.query\`. An empty text matches every conversation.`,
    }),
  }),
});

const OrderField = builder.enumType('ConversationOrderField', {
  description: 'A field that conversations can be ordered by. Equal values are ordered by id.',
  values: {
    LAST_MESSAGE_AT: { description: 'The time of the latest message.' },
    CREATED_AT: { description: 'The time of the first message.' },
    UNREAD: {
      description:
        'First whether the conversation has unread messages, then the time of the latest message. With DESC, conversations with unread messages come first, and in each part the latest message comes first. A conversation moves as soon as it is read or has a new message; cursors remain valid.',
    },
  },
});

export const ConversationOrderInput = builder.inputType('ConversationOrder', {
  description: 'The order of a list of conversations.',
  fields: (t) => ({
    field: t.field({ type: OrderField, required: true, description: 'The field to order by.' }),
    direction: t.field({ type: OrderDirection, required: true, description: 'The direction of the order.' }),
  }),
});

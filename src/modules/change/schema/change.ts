import { builder } from '../../../graphql/schema/builder.ts';
import { type EventPosition, encodePosition, positionOf, uuidOf } from '../../event/store/position.ts';
import { type EventRow, eventSource, keyOf } from '../../event/store/rows.ts';
import { ChangeKindEnum } from './change-kind.ts';
import { conversationField, conversationIdOf, messageField, messageIdOf, occurredAtField } from './fields.ts';

export const Change = builder.objectRef<EventRow>('Change');

builder.node(Change, {
  description:
    'Something that happened: which kind of change, and to what. The ids are there even where the thing is gone. It stays as it is until it is no longer kept.',
  authScopes: { scope: 'conversations:read' },
  id: { resolve: uuidOf },
  loadWithoutCache: (uuid, { loaders }) => {
    const position = positionOf(uuid);
    return position && loaders.row(eventSource, keyOf(position));
  },
  fields: (t) => ({
    changeKind: t.expose('kind', { type: ChangeKindEnum, description: 'What happened.' }),
    occurredAt: t.field(occurredAtField),
    conversationId: t.id({
      nullable: true,
      description: 'The global id of the conversation; null where the change is about the organization.',
      resolve: conversationIdOf,
    }),
    currentConversation: t.field(conversationField),
    messageId: t.id({
      nullable: true,
      description: 'The global id of the message; null where the change is not about one.',
      resolve: messageIdOf,
    }),
    currentMessage: t.field(messageField),
  }),
});

export const ChangeConnection = builder.connectionObject(
  {
    type: Change,
    name: 'ChangeConnection',
    description: 'Changes, page by page, in the order in which they were committed.',
    fields: (t) => ({
      latestCursor: t.string({
        description:
          'Where the changes end at this moment: everything that happens later comes after it. Ask for it before loading what is to be kept up to date, then pass it as `after`, here or to a subscription.',
        resolve: (connection) => encodePosition((connection as unknown as { end: EventPosition }).end),
      }),
    }),
  },
  { name: 'ChangeEdge', description: 'A change and where it stands.' },
);

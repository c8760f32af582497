import type { GraphQLResolveInfo } from 'graphql';
import type { Database } from '../../database/database.ts';
import { builder } from '../../graphql/builder.ts';
import type { Context } from '../../graphql/context.ts';
import { change } from '../../graphql/mutation.ts';
import { readId } from '../../graphql/read-id.ts';
import { markConversationRead } from './mark-read.ts';
import { Conversation } from './ref.ts';
import { type ConversationRow, conversationSource } from './rows.ts';
import { sendTypingIndicator } from './send-typing.ts';
import { setBackground } from './set-background.ts';
import { updateConversation } from './update.ts';

const authScopes = { scope: 'conversations:write' } as const;
const needs = 'Scope: conversations:write, and conversations:read where the payload’s conversation is selected.';

builder.relayMutationField(
  'updateConversation',
  {
    description: 'What to change of a conversation; what is absent stays as it is.',
    inputFields: (t) => ({
      id: t.id({ required: true, description: 'Which conversation.' }),
      metadata: t.field({
        type: 'JSONObject',
        description:
          'Replaces all that programs keep with it; null clears it. At most 16 KiB of JSON, nested at most 8 levels deep, whole numbers within 2^53-1.',
      }),
      title: t.string({ description: 'Of a workplace chat only: 1 to 1,000 characters; null clears it.' }),
      archived: t.boolean({ description: 'Whether it is put away; null: as it is.' }),
    }),
  },
  {
    description: `Changes what people and programs set on a conversation. ${needs}`,
    authScopes,
    resolve: (_parent, { input: { id, ...wanted } }, context, info) =>
      changeConversation(context, info, 'id', id, (...which) => updateConversation(...which, wanted)),
  },
  { description: 'A conversation after a change.', outputFields: (t) => ({ conversation: t.field(conversation) }) },
);

builder.relayMutationField(
  'markConversationRead',
  {
    description: 'Which conversation was read, and how far.',
    inputFields: (t) => ({
      id: t.id({ required: true, description: 'Which conversation.' }),
      through: t.field({
        type: 'DateTime',
        description:
          'Inbound messages later than this stay unread; null: now. Nothing later than both now and the latest message is taken.',
      }),
    }),
  },
  {
    description: `Counts a conversation as read through an instant, which never moves back. ${needs}`,
    authScopes,
    resolve: (_parent, { input: { id, through } }, context, info) =>
      changeConversation(context, info, 'id', id, (...which) => markConversationRead(...which, through ?? null)),
  },
  { description: 'A conversation after it was read.', outputFields: (t) => ({ conversation: t.field(conversation) }) },
);

builder.relayMutationField(
  'sendTypingIndicator',
  {
    description: 'Where somebody is typing.',
    inputFields: (t) => ({ conversationId: t.id({ required: true, description: 'Which conversation.' }) }),
  },
  {
    description: `Tells whoever is listening that somebody is typing in a conversation; nothing is kept. ${needs}`,
    authScopes,
    resolve: (_parent, { input: { conversationId } }, context, info) =>
      changeConversation(context, info, 'conversationId', conversationId, sendTypingIndicator),
  },
  {
    description: 'A typing indicator that was sent.',
    outputFields: (t) => ({
      conversation: t.field(conversation),
      sentAt: t.field({ type: 'DateTime', description: 'When it was sent.', resolve: ({ result }) => result }),
    }),
  },
);

builder.relayMutationField(
  'setChatBackground',
  {
    description: 'The picture to show behind a conversation.',
    inputFields: (t) => ({
      conversationId: t.id({ required: true, description: 'Which conversation.' }),
      imageUrl: t.field({ type: 'URL', required: true, description: 'Where the picture lies; at most 2,048 characters.' }),
    }),
  },
  {
    description: `Shows a picture behind a conversation; the one that is there already changes nothing. ${needs}`,
    authScopes,
    resolve: (_parent, { input: { conversationId, imageUrl } }, context, info) =>
      changeConversation(context, info, 'conversationId', conversationId, (...which) => setBackground(...which, imageUrl)),
  },
  {
    description: 'A conversation with its background.',
    outputFields: (t) => ({
      conversation: t.field(conversation),
      changed: t.boolean({ description: 'False where that picture was there already.', resolve: ({ result }) => result }),
    }),
  },
);

builder.relayMutationField(
  'removeChatBackground',
  {
    description: 'Where to take the background away.',
    inputFields: (t) => ({ conversationId: t.id({ required: true, description: 'Which conversation.' }) }),
  },
  {
    description: `Shows nothing behind a conversation. ${needs}`,
    authScopes,
    resolve: (_parent, { input: { conversationId } }, context, info) =>
      changeConversation(context, info, 'conversationId', conversationId, (...which) => setBackground(...which, null)),
  },
  {
    description: 'A conversation without a background.',
    outputFields: (t) => ({
      conversation: t.field(conversation),
      changed: t.boolean({ description: 'False where there was none.', resolve: ({ result }) => result }),
    }),
  },
);

interface Changed<Result> {
  uuid: string;
  result: Result;
}

/** Runs a verb on the conversation whose global id came in `field`. */
function changeConversation<Result>(
  context: Context,
  info: GraphQLResolveInfo,
  field: string,
  id: string,
  verb: (database: Database, organizationId: string, uuid: string) => Promise<Result>,
): Promise<Changed<Result>> {
  const uuid = readId(field, 'Conversation', id);
  return change(context, info, { field: 'conversation', scope: 'conversations:read' }, async (database, organizationId) => ({
    uuid,
    result: await verb(database, organizationId, uuid),
  }));
}

const conversation = {
  type: Conversation,
  description: 'As it is now. Scope: conversations:read.',
  resolve: async ({ uuid }: Changed<unknown>, _args: object, { loaders }: Context): Promise<ConversationRow> => {
    const row = await loaders.row<ConversationRow>(conversationSource, uuid);
    if (row === null) throw new Error('a conversation that was just changed is missing');
    return row;
  },
};

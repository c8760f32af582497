import type { GraphQLResolveInfo } from 'graphql';
import type { Database } from '../../database/database.ts';
import type { Channel, ConversationType } from '../../generated/prisma/enums.ts';
import { builder } from '../../graphql/builder.ts';
import type { Context } from '../../graphql/context.ts';
import { change } from '../../graphql/mutation.ts';
import { readId } from '../../graphql/read-id.ts';
import { ChannelEnum } from '../message/enums.ts';
import { type MessageRow, messageSource } from '../message/rows.ts';
import { markConversationRead } from './mark-read.ts';
import { ChatBackground, Conversation, ConversationTypeEnum } from './ref.ts';
import { backgroundOf, type ConversationRow, conversationSource } from './rows.ts';
import { sendTypingIndicator } from './send-typing.ts';
import { setBackground } from './set-background.ts';
import { updateConversation } from './update.ts';

/** Nothing has this id. */
const nobody = '00000000-0000-0000-0000-000000000000';
const authScopes = { scope: 'conversations:write' } as const;
const typesDescription = 'Only one of these types: another is not found.';
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
      types: t.field({ type: [ConversationTypeEnum], description: typesDescription }),
    }),
  },
  {
    description: `Changes what people and programs set on a conversation. ${needs}`,
    authScopes,
    resolve: (_parent, { input: { id, types, ...wanted } }, context, info) =>
      changeConversation(context, info, { field: 'id', id, types }, (...which) => updateConversation(...which, wanted)),
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
      changeConversation(context, info, { field: 'id', id }, (...which) => markConversationRead(...which, through ?? null)),
  },
  { description: 'A conversation after it was read.', outputFields: (t) => ({ conversation: t.field(conversation) }) },
);

builder.relayMutationField(
  'sendTypingIndicator',
  {
    description: 'Where somebody is typing.',
    inputFields: (t) => ({
      conversationId: t.id({ required: true, description: 'Which conversation.' }),
      types: t.field({ type: [ConversationTypeEnum], description: typesDescription }),
    }),
  },
  {
    description: `Tells whoever is listening that somebody is typing in a conversation; nothing is kept. ${needs}`,
    authScopes,
    resolve: (_parent, { input: { conversationId: id, types } }, context, info) =>
      changeConversation(context, info, { field: 'conversationId', id, types }, sendTypingIndicator),
  },
  {
    description: 'A typing indicator that was sent.',
    outputFields: (t) => ({
      conversation: t.field(conversation),
      channel: t.field(channel),
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
      types: t.field({ type: [ConversationTypeEnum], description: typesDescription }),
    }),
  },
  {
    description: `Shows a picture behind a conversation; the one that is there already changes nothing. ${needs}`,
    authScopes,
    resolve: (_parent, { input: { conversationId: id, imageUrl, types } }, context, info) =>
      changeConversation(context, info, { field: 'conversationId', id, types }, (...which) => setBackground(...which, imageUrl)),
  },
  {
    description: 'A conversation with its background.',
    outputFields: (t) => ({
      conversation: t.field(conversation),
      background: t.field({
        type: ChatBackground,
        nullable: true,
        description: 'What is shown now; null where it was taken away meanwhile.',
        resolve: async ({ uuid }, _args, context) => backgroundOf(await changedConversation(uuid, context)),
      }),
      channel: t.field(channel),
      changed: t.boolean({ description: 'False where that picture was there already.', resolve: ({ result }) => result }),
    }),
  },
);

builder.relayMutationField(
  'removeChatBackground',
  {
    description: 'Where to take the background away.',
    inputFields: (t) => ({
      conversationId: t.id({ required: true, description: 'Which conversation.' }),
      types: t.field({ type: [ConversationTypeEnum], description: typesDescription }),
    }),
  },
  {
    description: `Shows nothing behind a conversation. ${needs}`,
    authScopes,
    resolve: (_parent, { input: { conversationId: id, types } }, context, info) =>
      changeConversation(context, info, { field: 'conversationId', id, types }, (...which) => setBackground(...which, null)),
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

/** A conversation as an input names it: its global id, the field that this came in, and the types that are wanted. */
interface Which {
  field: string;
  id: string;
  types?: readonly ConversationType[] | null;
}

/** Runs a verb on a conversation. */
async function changeConversation<Result>(
  context: Context,
  info: GraphQLResolveInfo,
  { field, id, types }: Which,
  verb: (database: Database, organizationId: string, uuid: string) => Promise<Result>,
): Promise<Changed<Result>> {
  const uuid = await ofTypes(readId(`input.${field}`, 'Conversation', id), types, context);
  return change(context, info, { path: ['conversation'], scope: 'conversations:read' }, async (database, organizationId) => ({
    uuid,
    result: await verb(database, organizationId, uuid),
  }));
}

/** One of another type, which no conversation ever leaves, is as though it were not there: so the verb says, after it has looked at the rest. */
async function ofTypes(uuid: string, types: Which['types'], { loaders }: Context): Promise<string> {
  if (types == null) return uuid;
  const row = await loaders.row<ConversationRow>(conversationSource, uuid);
  return row !== null && types.includes(row.type) ? uuid : nobody;
}

async function changedConversation(uuid: string, { loaders }: Context): Promise<ConversationRow> {
  const row = await loaders.row<ConversationRow>(conversationSource, uuid);
  if (row === null) throw new Error('a conversation that was just changed is missing');
  return row;
}

const conversation = {
  type: Conversation,
  description: 'As it is now. Scope: conversations:read.',
  resolve: ({ uuid }: Changed<unknown>, _args: object, context: Context) => changedConversation(uuid, context),
};

const channel = {
  type: ChannelEnum,
  nullable: true as const,
  description: 'What its latest message travelled by; null where there is none.',
  resolve: async ({ uuid }: Changed<unknown>, _args: object, context: Context): Promise<Channel | null> => {
    const { lastMessageId } = await changedConversation(uuid, context);
    const message = lastMessageId === null ? null : await context.loaders.row<MessageRow>(messageSource, lastMessageId);
    return message?.channel ?? null;
  },
};

import type { GraphQLResolveInfo } from 'graphql';
import type { RequestDatabase } from '../../../database/database.ts';
import type { ConversationType } from '../../../generated/prisma/enums.ts';
import type { Context } from '../../../graphql/context.ts';
import { change } from '../../../graphql/schema/mutation.ts';
import { nilUuid } from '../../../values/ids.ts';
import { type ConversationRow, conversationSource } from '../store/rows.ts';
import { Conversation, ConversationTypeEnum } from './ref.ts';

export const authScopes = { scope: 'conversations:write' } as const;

/** An input field: the types that the conversation of a mutation may have. */
export const onlyTypes = {
  type: [ConversationTypeEnum] as [typeof ConversationTypeEnum],
  description: 'The types that the conversation may have. If it has another type, the answer is NOT_FOUND. Null: any type.',
  deprecationReason: 'Query `Conversation.type` instead: a conversation never changes its type.',
};

/** A conversation that a command changed, and the result of the command. */
export interface Changed<Result> {
  uuid: string;
  result: Result;
}

/** A conversation in an input: its id, and the types that it may have. */
interface ConversationReference {
  id: { id: string };
  types?: readonly ConversationType[] | null;
}

/** Runs a command on a conversation. @throws BAD_USER_INPUT, NOT_FOUND, and what the command throws */
export async function changeConversation<Result>(
  context: Context,
  info: GraphQLResolveInfo,
  { id, types }: ConversationReference,
  command: (database: RequestDatabase, organizationId: string, uuid: string) => Promise<Result>,
): Promise<Changed<Result>> {
  const uuid = await ofTypes(id.id, types, context);
  return change(context, info, async (database, organizationId) => ({
    uuid,
    result: await command(database, organizationId, uuid),
  }));
}

/** Returns the nil UUID for a conversation of another type, so that the command answers NOT_FOUND after validating its input. A conversation never changes its type. */
async function ofTypes(uuid: string, types: ConversationReference['types'], { loaders }: Context): Promise<string> {
  if (types == null) return uuid;
  const row = await loaders.row(conversationSource, uuid);
  return row !== null && types.includes(row.type) ? uuid : nilUuid;
}

/** Returns the conversation after the change. */
export function changedConversation({ uuid }: Changed<unknown>, { loaders }: Context): Promise<ConversationRow> {
  return loaders.existing(conversationSource, uuid);
}

export const conversation = {
  type: Conversation,
  description: 'The conversation after the change.',
  resolve: (changed: Changed<unknown>, _args: object, context: Context) => changedConversation(changed, context),
};

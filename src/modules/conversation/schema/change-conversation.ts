import type { GraphQLResolveInfo } from 'graphql';
import type { RequestDatabase } from '../../../database/database.ts';
import type { ConversationType } from '../../../generated/prisma/enums.ts';
import type { Context } from '../../../graphql/context.ts';
import { change } from '../../../graphql/schema/mutation.ts';
import { readId } from '../../../graphql/schema/read-id.ts';
import { conversationSource } from '../store/rows.ts';
import { ConversationTypeEnum } from './ref.ts';

/** Nothing has this id. */
const nobody = '00000000-0000-0000-0000-000000000000';

export const authScopes = { scope: 'conversations:write' } as const;
/** The end of each description. */
export const needs = 'Scope: conversations:write, and conversations:read where the payload’s conversation is selected.';

/** For inputs that name a conversation. */
export const onlyTypes = {
  type: [ConversationTypeEnum] as [typeof ConversationTypeEnum],
  description: 'Only one of these types: another is not found.',
};

/** A conversation that a verb was run on, and what that returned. */
export interface Changed<Result> {
  uuid: string;
  result: Result;
}

/** A conversation as an input names it: its global id, the field that this came in, and the types that are wanted. */
interface Which {
  field: string;
  id: string;
  types?: readonly ConversationType[] | null;
}

/** Runs a verb on a conversation. @throws BAD_USER_INPUT, NOT_FOUND, FORBIDDEN, and what the verb throws */
export async function changeConversation<Result>(
  context: Context,
  info: GraphQLResolveInfo,
  { field, id, types }: Which,
  verb: (database: RequestDatabase, organizationId: string, uuid: string) => Promise<Result>,
): Promise<Changed<Result>> {
  const uuid = await ofTypes(readId(`input.${field}`, 'Conversation', id), types, context);
  return change(context, info, async (database, organizationId) => ({
    uuid,
    result: await verb(database, organizationId, uuid),
  }));
}

/** One of another type, which no conversation ever leaves, is as though it were not there: so the verb says, after it has looked at the rest. */
async function ofTypes(uuid: string, types: Which['types'], { loaders }: Context): Promise<string> {
  if (types == null) return uuid;
  const row = await loaders.row(conversationSource, uuid);
  return row !== null && types.includes(row.type) ? uuid : nobody;
}

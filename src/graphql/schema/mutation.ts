import type { GraphQLResolveInfo } from 'graphql';
import type { RequestDatabase } from '../../database/database.ts';
import { badInput, ParleyError } from '../../errors.ts';
import { type AdminEntry, logAdminAction } from '../../log/admin-log.ts';
import type { Context } from '../context.ts';
import { viewerOf } from './authorization.ts';
import { builder } from './builder.ts';
import { checkPayload } from './payload.ts';

builder.mutationType({
  description:
    'The fields that write. Each field is one transaction: it is done or refused as a whole. Repeating a mutation changes nothing more, unless its description says otherwise. The description also names the scope that the key needs. Record messages: `recordMessages`. Record a contact’s consent: `recordConsent`. Set the metadata of a conversation: `updateConversation` with `UpdateConversationInput.metadata`. No field transmits a message.',
  authScopes: { authenticated: true },
});

/**
 * Runs a command for the viewer's organization. An error about input names the field as the client wrote it, below `input`. The arguments in the selection of
 * the payload are checked first. @throws BAD_USER_INPUT, and what the command throws
 */
export async function change<Result>(
  context: Context,
  info: GraphQLResolveInfo,
  command: (database: RequestDatabase, organizationId: string) => Promise<Result>,
): Promise<Result> {
  const { organizationId } = viewerOf(context);
  checkPayload(info);
  const result = await command(context.database, organizationId).catch((error: unknown) => {
    throw ofInput(error);
  });
  context.loaders.forget();
  return result;
}

function ofInput(error: unknown): unknown {
  if (!(error instanceof ParleyError) || error.code !== 'BAD_USER_INPUT' || typeof error.details.field !== 'string') return error;
  return badInput(`input.${error.details.field}`, String(error.details.reason));
}

/** Writes a line for an administrative action of the viewer's key in its organization. */
export function logAction(context: Context, entry: Omit<AdminEntry, 'organizationId'>): void {
  const { organizationId, keyId } = viewerOf(context);
  logAdminAction(context.log, { requestId: context.requestId, actingKeyId: keyId }, { ...entry, organizationId });
}

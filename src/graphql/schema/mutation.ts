import type { GraphQLResolveInfo } from 'graphql';
import type { RequestDatabase } from '../../database/database.ts';
import { badInput, ParleyError } from '../../errors.ts';
import type { Context } from '../context.ts';
import { builder } from './builder.ts';
import { checkPayload } from './check-payload.ts';
import { viewerOf } from './viewer.ts';

builder.mutationType({
  description:
    'Everything that can be changed. Each field is one transaction, done or refused whole, and harmless when repeated unless it says otherwise; it names the scope that it needs. Record messages: `recordMessages`. Record a contact’s consent: `recordConsent`. Set the metadata of a conversation: `updateConversation` with `UpdateConversationInput.metadata`. No field transmits a message.',
  authScopes: { authenticated: true },
});

/**
 * Runs a verb for the viewer's organization; input that it refuses is named as the client wrote it, below `input`. A key that may not read what the payload
 * selects, and arguments there that would be refused, are refused before: a refusal means that nothing changed. @throws FORBIDDEN, BAD_USER_INPUT
 */
export async function change<Result>(
  context: Context,
  info: GraphQLResolveInfo,
  verb: (database: RequestDatabase, organizationId: string) => Promise<Result>,
): Promise<Result> {
  const { organizationId, scopes } = viewerOf(context);
  checkPayload(info, scopes);
  const result = await verb(context.database, organizationId).catch((error: unknown) => {
    throw ofInput(error);
  });
  context.loaders.forget();
  return result;
}

function ofInput(error: unknown): unknown {
  if (!(error instanceof ParleyError) || error.code !== 'BAD_USER_INPUT' || typeof error.details.field !== 'string') return error;
  return badInput(`input.${error.details.field}`, String(error.details.reason));
}

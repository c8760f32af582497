import type { GraphQLResolveInfo } from 'graphql';
import type { Scope } from '../auth/scopes.ts';
import type { Database } from '../database/database.ts';
import { badInput, ParleyError } from '../errors.ts';
import { lacking } from './authorization.ts';
import { builder } from './builder.ts';
import type { Context } from './context.ts';
import { selects } from './selection.ts';
import { viewerOf } from './viewer.ts';

builder.mutationType({
  description:
    'Everything that can be changed. Each field is one transaction, done or refused whole, and harmless when repeated unless it says otherwise; it names the scope that it needs.',
  authScopes: { authenticated: true },
});

/** What a payload shows of what was changed, by its path of fields, and the scope that reading it needs. */
interface Shown {
  path: readonly string[];
  scope: Scope;
}

/**
 * Runs a verb for the viewer's organization; input that it refuses is named as the client wrote it, below `input`. A key that may change but not read is
 * refused before anything is done where what is `shown` is selected: a refusal means that nothing changed. @throws FORBIDDEN
 */
export async function change<Result>(
  context: Context,
  info: GraphQLResolveInfo,
  shown: Shown | null,
  verb: (database: Database, organizationId: string) => Promise<Result>,
): Promise<Result> {
  const { organizationId, scopes } = viewerOf(context);
  if (shown !== null && !scopes.has(shown.scope) && selects(info, ...shown.path)) throw lacking([shown.scope]);
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

import type { GraphQLResolveInfo } from 'graphql';
import type { Scope } from '../auth/scopes.ts';
import type { Database } from '../database/database.ts';
import { lacking } from './authorization.ts';
import { builder } from './builder.ts';
import type { Context } from './context.ts';
import { selects } from './selection.ts';
import { viewerOf } from './viewer.ts';

builder.mutationType({
  description:
    'Everything that can be changed. Each field is one transaction, done or refused whole, and harmless when repeated; it names the scope that it needs.',
  authScopes: { authenticated: true },
});

/** A field of a payload that shows what was changed, and the scope that reading it needs. */
interface Shown {
  field: string;
  scope: Scope;
}

/**
 * Runs a verb for the viewer's organization. A key that may change but not read is refused before anything is done where the payload's `shown` field is
 * selected: a refusal means that nothing changed. @throws FORBIDDEN
 */
export async function change<Result>(
  context: Context,
  info: GraphQLResolveInfo,
  { field, scope }: Shown,
  verb: (database: Database, organizationId: string) => Promise<Result>,
): Promise<Result> {
  const { organizationId, scopes } = viewerOf(context);
  if (!scopes.has(scope) && selects(info, field)) throw lacking([scope]);
  const result = await verb(context.database, organizationId);
  context.loaders.forget();
  return result;
}

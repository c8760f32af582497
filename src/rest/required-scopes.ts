import { type DocumentNode, type GraphQLSchema, getNamedType, TypeInfo, visit, visitWithTypeInfo } from 'graphql';
import { isScope, type Scope } from '../auth/scopes.ts';

/** The scopes that a document needs, as the schema declares them on its fields and types. @throws where only running it would tell */
export function requiredScopes(schema: GraphQLSchema, document: DocumentNode): Scope[] {
  const scopes = new Set<Scope>();
  const types = new TypeInfo(schema);
  const collect = (declarer: Declarer | null | undefined) => {
    for (const scope of declaredScopes(declarer)) scopes.add(scope);
  };
  visit(
    document,
    visitWithTypeInfo(types, {
      Field() {
        collect(types.getFieldDef());
        collect(getNamedType(types.getType()));
      },
      // A fragment may narrow an interface or a union to a type that asks for more.
      InlineFragment: () => collect(getNamedType(types.getType())),
      FragmentDefinition: () => collect(getNamedType(types.getType())),
      OperationDefinition: () => collect(getNamedType(types.getType())),
    }),
  );
  return [...scopes].sort();
}

interface Declarer {
  name: string;
  extensions: { readonly pothosOptions?: unknown };
}

/** What the scope plugin was told: `{ authenticated }` is any key, `{ scope }` one scope, `{ $all }` each of its own. */
function declaredScopes(declarer: Declarer | null | undefined): Scope[] {
  const options = declarer?.extensions.pothosOptions;
  return isRecord(options) && options.authScopes !== undefined ? scopesIn(options.authScopes, declarer?.name ?? '') : [];
}

function scopesIn(rule: unknown, name: string): Scope[] {
  if (!isRecord(rule)) throw new Error(`${name}: its scopes are known only when it runs`);
  return Object.entries(rule).flatMap(([key, value]) => {
    if (key === '$all') return scopesIn(value, name);
    if (key === 'authenticated') return [];
    if (key === 'scope' && typeof value === 'string' && isScope(value)) return [value];
    throw new Error(`${name}: its scopes are known only when it runs (${key})`);
  });
}

function isRecord(value: unknown): value is Record<string, unknown> {
  return typeof value === 'object' && value !== null;
}

import { type DocumentNode, type GraphQLSchema, getNamedType, TypeInfo, visit, visitWithTypeInfo } from 'graphql';
import { declaredScopes } from '../../../auth/declared-scopes.ts';
import type { Scope } from '../../../auth/scopes.ts';

/** Returns the scopes that a document needs, as the schema declares them on fields and types. @throws if a rule can only be checked by running it */
export function requiredScopes(schema: GraphQLSchema, document: DocumentNode): Scope[] {
  const scopes = new Set<Scope>();
  const types = new TypeInfo(schema);
  const collect = (declarer: Parameters<typeof declaredScopes>[0]) => {
    for (const scope of declaredScopes(declarer)) scopes.add(scope);
  };
  visit(
    document,
    visitWithTypeInfo(types, {
      Field() {
        collect(types.getFieldDef());
        collect(getNamedType(types.getType()));
      },
      // A fragment may narrow an interface or a union to a type that needs more scopes.
      InlineFragment: () => collect(getNamedType(types.getType())),
      FragmentDefinition: () => collect(getNamedType(types.getType())),
      OperationDefinition: () => collect(getNamedType(types.getType())),
    }),
  );
  return [...scopes].sort();
}

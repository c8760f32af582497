import SchemaBuilder, { BasePlugin, type PothosOutputFieldConfig, type SchemaTypes } from '@pothos/core';
import {
  type GraphQLField,
  type GraphQLNamedOutputType,
  type GraphQLResolveInfo,
  type GraphQLSchema,
  getNamedType,
  isObjectType,
} from 'graphql';
import { declaredScopes } from '../../auth/declared-scopes.ts';
import type { Scope } from '../../auth/scopes.ts';
import { payloadScopes } from './payload.ts';

declare global {
  export namespace PothosSchemaTypes {
    export interface Plugins<Types extends SchemaTypes> {
      scopes: ScopesPlugin<Types>;
    }
  }
}

/**
 * Makes scope-auth check a mutation's payload together with the mutation, before anything changes, and ends the descriptions of types and fields with the
 * scopes that they declare as `authScopes`.
 */
class ScopesPlugin<Types extends SchemaTypes> extends BasePlugin<Types> {
  override onOutputFieldConfig(field: PothosOutputFieldConfig<Types>): PothosOutputFieldConfig<Types> {
    if (field.kind !== 'Mutation') return field;
    const { authScopes } = field.pothosOptions as { authScopes?: object };
    const withPayload = (_parent: unknown, _args: unknown, _context: unknown, info: GraphQLResolveInfo) => ({
      $all: { ...authScopes, scopes: payloadScopes(info) },
    });
    return {
      ...field,
      extensions: { ...field.extensions, authScopes },
      pothosOptions: { ...field.pothosOptions, authScopes: withPayload } as typeof field.pothosOptions,
    };
  }

  override afterBuild(schema: GraphQLSchema): GraphQLSchema {
    for (const field of fieldsOf(schema.getMutationType())) describePayload(field);
    for (const type of Object.values(schema.getTypeMap())) {
      if (!isObjectType(type)) continue;
      describe(type, declaredScopes(type));
      for (const field of fieldsOf(type)) describe(field, declaredScopes(field));
    }
    return schema;
  }
}

/** Describes the fields of a payload that need more scopes than the mutation itself, on them and on the mutation. */
function describePayload(mutation: GraphQLField<unknown, unknown>): void {
  const own = declaredScopes(mutation);
  const paths = new Map<Scope, string[]>();
  const look = (type: GraphQLNamedOutputType, path: string, above: readonly GraphQLNamedOutputType[]) => {
    for (const field of fieldsOf(type)) {
      const below = getNamedType(field.type);
      const scopes = [...new Set([...declaredScopes(field), ...scopesOf(below)])].filter((scope) => !own.includes(scope));
      for (const scope of scopes) paths.set(scope, [...(paths.get(scope) ?? []), `\`${path}${field.name}\``]);
      if (declaredScopes(field).length === 0) describe(field, scopes);
      if (scopes.length === 0 && !above.includes(below)) look(below, `${path}${field.name}.`, [...above, below]);
    }
  };
  const payload = getNamedType(mutation.type);
  look(payload, '', [payload]);
  describe(mutation, own);
  for (const [scope, names] of paths)
    mutation.description += ` Selecting ${new Intl.ListFormat('en', { type: 'disjunction' }).format(names)} needs ${scope} too.`;
}

/** Ends a description with scopes, once. */
function describe(element: { description?: string | null | undefined }, scopes: readonly Scope[]): void {
  const sentence = `Scope: ${scopes.join(', ')}.`;
  if (scopes.length > 0 && !element.description?.includes(sentence)) element.description = `${element.description} ${sentence}`;
}

function scopesOf(type: GraphQLNamedOutputType): Scope[] {
  return isObjectType(type) ? declaredScopes(type) : [];
}

function fieldsOf(type: GraphQLNamedOutputType | null | undefined): GraphQLField<unknown, unknown>[] {
  return isObjectType(type) ? Object.values(type.getFields()) : [];
}

SchemaBuilder.registerPlugin('scopes', ScopesPlugin);

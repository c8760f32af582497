import SchemaBuilder, { BasePlugin, completeValue, mapInputFields, type PothosOutputFieldConfig, type SchemaTypes } from '@pothos/core';
import type { GraphQLFieldResolver } from 'graphql';
import { badInput } from '../../errors.ts';
import { decodeId, encodeId, type NodeType } from '../../values/ids.ts';

declare global {
  export namespace PothosSchemaTypes {
    export interface Plugins<Types extends SchemaTypes> {
      globalIds: GlobalIdPlugin<Types>;
    }
  }
}

type Resolver<Types extends SchemaTypes> = GraphQLFieldResolver<unknown, Types['Context'], object>;
/** The types that an id may have; null for any. */
type AllowedTypes = readonly { typename: string }[] | null;
type Mappings<Types extends SchemaTypes> = NonNullable<ReturnType<typeof mapInputFields<Types, { allowed: AllowedTypes }>>>;

/**
 * Decodes the arguments and input fields that are declared as `globalID`, in place of the relay plugin: after the scope checks, so that a key without the
 * scope is refused first, and with the place of the id, so that a refusal names its field. It also encodes the ids of nodes: the relay plugin makes a promise
 * for each.
 */
class GlobalIdPlugin<Types extends SchemaTypes> extends BasePlugin<Types> {
  override onOutputFieldConfig(field: PothosOutputFieldConfig<Types>): PothosOutputFieldConfig<Types> {
    return { ...field, argMappers: [] };
  }

  override wrapResolve(resolve: Resolver<Types>, field: PothosOutputFieldConfig<Types>): Resolver<Types> {
    return this.#encoding(field) ?? this.#decoding(resolve, field);
  }

  override wrapSubscribe(subscribe: Resolver<Types> | undefined, field: PothosOutputFieldConfig<Types>): Resolver<Types> | undefined {
    return subscribe && this.#decoding(subscribe, field);
  }

  /** Returns the resolver of a node's id; null for any other field. */
  #encoding({ name, parentType }: PothosOutputFieldConfig<Types>): Resolver<Types> | null {
    const { id } = this.buildCache.getTypeConfig(parentType).pothosOptions as { id?: { resolve: Resolver<Types> } };
    if (name !== 'id' || id === undefined) return null;
    return (parent, args, context, info) =>
      completeValue(id.resolve(parent, args, context, info), (uuid) => encodeId(parentType as NodeType, String(uuid)));
  }

  #decoding(resolve: Resolver<Types>, { args }: PothosOutputFieldConfig<Types>): Resolver<Types> {
    const mappings = mapInputFields(args, this.buildCache, ({ extensions }) =>
      extensions?.isRelayGlobalID ? { allowed: (extensions.relayGlobalIDFor ?? null) as AllowedTypes } : null,
    );
    if (mappings === null) return resolve;
    return (parent, given, context, info) => resolve(parent, decoded(given, mappings, ''), context, info);
  }
}

/** Returns input with its global ids decoded. @throws BAD_USER_INPUT naming the field of one that is malformed or of another type */
function decoded<Types extends SchemaTypes>(given: object, mappings: Mappings<Types>, path: string): Record<string, unknown> {
  const result: Record<string, unknown> = { ...given };
  for (const [name, mapping] of mappings) {
    const below = mapping.kind === 'InputObject' ? mapping.fields.map : null;
    const decode = (value: unknown, place: string): unknown => {
      if (value == null) return value;
      if (Array.isArray(value)) return value.map((item, index) => decode(item, `${place}[${index}]`));
      if (below !== null) return decoded(value, below, `${place}.`);
      return mapping.value === null ? value : readId(String(value), mapping.value.allowed, place);
    };
    if (name in result) result[name] = decode(result[name], `${path}${name}`);
  }
  return result;
}

function readId(id: string, allowed: AllowedTypes, field: string): { typename: string; id: string } {
  const decodedId = decodeId(id);
  const names = allowed?.map(({ typename }) => typename);
  if (decodedId !== null && names?.includes(decodedId.type) !== false) return { typename: decodedId.type, id: decodedId.uuid };
  throw badInput(field, names === undefined ? 'is no id of this API' : `is no ${names.join(' or ')} id`);
}

SchemaBuilder.registerPlugin('globalIds', GlobalIdPlugin);

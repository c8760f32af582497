import {
  buildSchema,
  GraphQLError,
  type GraphQLSchema,
  isAbstractType,
  isObjectType,
  isScalarType,
  isSpecifiedScalarType,
  printSchema,
} from 'graphql';
import { schema as gateway } from '../../../src/graphql/built-schema.ts';
import { Random } from '../random-operations/random.ts';
import type { World } from './world.ts';

/** Builds the gateway's schema with the resolvers of the world in the context. Some fields have none, so that they are properties. */
export function worldSchema(): GraphQLSchema {
  const schema = buildSchema(printSchema(gateway));
  const random = new Random(1);
  for (const type of Object.values(schema.getTypeMap())) {
    if (type.name.startsWith('__')) continue;
    if (isAbstractType(type)) type.resolveType = (value, world: World) => world.resolveType(value, type) as string;
    if (isScalarType(type) && !isSpecifiedScalarType(type) && random.chance(0.5)) type.serialize = refuseObjects;
    if (!isObjectType(type)) continue;
    if (random.chance(0.5)) type.isTypeOf = (value, world: World, info) => world.isTypeOf(value, type, info) as boolean;
    const root = [schema.getQueryType(), schema.getMutationType()].includes(type);
    for (const field of Object.values(type.getFields())) {
      if (root || random.chance(0.5)) field.resolve = (source, args, world: World, info) => world.resolve(source, args, info);
    }
  }
  return schema;
}

function refuseObjects(value: unknown): unknown {
  if (typeof value === 'object') throw new GraphQLError('an object is no scalar here');
  return value === '' ? null : value;
}

// Every place of the schema that takes a value from a client, found by walking the schema: a new field or argument is a new place.
import {
  type GraphQLField,
  type GraphQLInputType,
  type GraphQLNamedInputType,
  type GraphQLObjectType,
  type GraphQLSchema,
  getNamedType,
  isInputObjectType,
  isObjectType,
  isSpecifiedDirective,
} from 'graphql';

export type Field = GraphQLField<unknown, unknown>;

/** A value of an argument, or a value inside an input object of an argument. */
export interface Place {
  parent: GraphQLObjectType;
  field: Field;
  /** The argument, then the fields of input objects down to the value. */
  path: readonly string[];
  /** The declaration of the value: an input object's name, or that of the field with its type. */
  declaredBy: string;
  /** The type of the value: a scalar or an enum. */
  type: GraphQLNamedInputType;
  /** Such as `Query.conversations(filter.agentId)`. */
  title: string;
}

/** Returns the object types of the schema without those of introspection. */
export function objectTypes(schema: GraphQLSchema): GraphQLObjectType[] {
  return Object.values(schema.getTypeMap()).filter((type) => isObjectType(type) && !type.name.startsWith('__')) as GraphQLObjectType[];
}

export function placesOf(schema: GraphQLSchema): Place[] {
  if (schema.getDirectives().some((directive) => !isSpecifiedDirective(directive))) {
    throw new Error('places.ts does not walk the arguments of directives: add them');
  }
  return objectTypes(schema).flatMap((parent) =>
    Object.values(parent.getFields()).flatMap((field) =>
      field.args.flatMap((arg) => within({ parent, field }, arg.type, [arg.name], `${parent.name}.${field.name}`, [])),
    ),
  );
}

function within(
  on: Pick<Place, 'parent' | 'field'>,
  given: GraphQLInputType,
  path: readonly string[],
  declaredBy: string,
  inputs: readonly string[],
): Place[] {
  const type = getNamedType(given);
  if (!isInputObjectType(type)) return [{ ...on, path, declaredBy, type, title: `${on.parent.name}.${on.field.name}(${path.join('.')})` }];
  if (inputs.includes(type.name)) return [];
  return Object.values(type.getFields()).flatMap((field) =>
    within(on, field.type, [...path, field.name], type.name, [...inputs, type.name]),
  );
}

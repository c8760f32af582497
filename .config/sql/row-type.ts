import { type Checker, SymbolFlags, type Type, TypeFlags } from 'typescript/unstable/sync';

/** The type of one property of a row type. */
export interface Property {
  /** Names of the values that are not null: string, number, boolean, Date, bytes, object, unknown; a literal in quotes; an array as its items with []. */
  types: string[];
  nullable: boolean;
  /** With `?`: a statement need not return it. */
  optional: boolean;
}

export type RowType = Map<string, Property>;

/** The properties of a row type; null for a type without properties, such as `object`. */
export function rowTypeOf(checker: Checker, type: Type): RowType | null {
  const properties = checker.getPropertiesOfType(type).filter(({ name }) => !name.startsWith('__@'));
  if (properties.length === 0) return null;
  return new Map(
    properties.map((property) => {
      const names = namesOf(checker, checker.getTypeOfSymbol(property));
      const types = names.filter((name) => name !== 'null' && name !== 'undefined');
      const nullable = types.length < names.length;
      return [property.name, { types, nullable, optional: (property.flags & SymbolFlags.Optional) !== 0 }];
    }),
  );
}

function namesOf(checker: Checker, type: Type | undefined): string[] {
  if (type === undefined) return ['unknown'];
  if (type.flags & TypeFlags.BooleanLike) return ['boolean'];
  if (type.isUnionType()) return [...new Set(type.getTypes().flatMap((each) => namesOf(checker, each)))];
  if (type.isNumberLiteralType()) return ['number'];
  if (type.isStringLiteralType()) return [JSON.stringify(type.value)];
  if (checker.isArrayType(type) && type.isTypeReference())
    return namesOf(checker, checker.getTypeArguments(type)[0]).map((each) => `${each}[]`);
  if (type.isIntrinsicType()) return [type.intrinsicName];
  const name = type.getSymbol()?.name;
  if (name === 'Date') return ['Date'];
  return [name === 'Uint8Array' || name === 'Buffer' ? 'bytes' : 'object'];
}

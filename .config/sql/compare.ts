import type { Column } from './describe.ts';
import type { Property, RowType } from './row-type.ts';

/** The TypeScript type of the values of a PostgreSQL type, as both drivers parse it: test/database/driver-types.test.ts. */
export const typeScriptTypes: Record<string, string> = {
  uuid: 'string',
  text: 'string',
  'character varying': 'string',
  // A numeric can be longer than a number.
  numeric: 'string',
  smallint: 'number',
  integer: 'number',
  bigint: 'number',
  'double precision': 'number',
  boolean: 'boolean',
  'timestamp with time zone': 'Date',
  bytea: 'bytes',
  'text[]': 'string[]',
  'uuid[]': 'string[]',
  'integer[]': 'number[]',
  'bigint[]': 'number[]',
  json: 'JSON',
  jsonb: 'JSON',
};

/** The differences between the columns of a statement and the row type that the code claims, as sentences. */
export function differences(columns: readonly Column[], row: RowType, isNeverNull: (column: string) => boolean): string[] {
  const missing = [...row].filter(([name, { optional }]) => !optional && !columns.some((column) => column.name === name));
  return [
    ...missing.map(([name]) => `the row type has "${name}", which the statement does not return`),
    ...columns.flatMap((column) => {
      const property = row.get(column.name);
      if (property === undefined) return [`the statement returns "${column.name}", which the row type lacks`];
      const wrongType = typeDifference(column, property);
      if (wrongType !== null) return [wrongType];
      if (!column.nullable || property.nullable || property.types.includes('unknown') || isNeverNull(column.name)) return [];
      return [`"${column.name}" may be null, and the row type does not say so`];
    }),
  ];
}

function typeDifference({ name, type, values }: Column, { types }: Property): string | null {
  if (types.includes('unknown')) return null;
  const claimed = `the row type says ${types.join(' | ')}`;
  if (values !== null) {
    const literals = values.map((value) => JSON.stringify(value));
    const isRight = types.includes('string') || literals.every((literal) => types.includes(literal));
    return isRight ? null : `"${name}" is one of ${literals.join(', ')}; ${claimed}`;
  }
  const expected = typeScriptTypes[type];
  if (expected === undefined) return `"${name}" is ${type}, which the drivers do not parse: cast it`;
  const isRight =
    expected === 'JSON' ? types.every((each) => each === 'object' || each.endsWith('[]')) : types.every((each) => each === expected);
  return isRight ? null : `"${name}" is ${type}, which is ${expected} here; ${claimed}`;
}

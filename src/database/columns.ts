/** Returns a select list: the columns of fields of a model, under Prisma's names. */
export function columns<Field extends string>(alias: string, fields: readonly Field[]): string {
  return fields.map((field) => `${alias}.${field.replace(/[A-Z]/g, (letter) => `_${letter.toLowerCase()}`)} as "${field}"`).join(', ');
}

/** The same fields for Prisma's `select`. */
export function selecting<Field extends string>(fields: readonly Field[]): { [Name in Field]: true } {
  return Object.fromEntries(fields.map((field) => [field, true])) as { [Name in Field]: true };
}

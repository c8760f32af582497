/** Returns a select list: the columns of fields of a model, under Prisma's names. */
export function columns<Field extends string>(alias: string, fields: readonly Field[]): string {
  return fields.map((field) => `${alias}.${field.replace(/[A-Z]/g, (letter) => `_${letter.toLowerCase()}`)} as "${field}"`).join(', ');
}

import { z } from 'zod';

type JsonSchema = Record<string, unknown>;

/** What goes over the wire, as OpenAPI 3.1 writes it. Schemas with an `id` are left in `$defs`: see `gatherSchemas`. */
export function schemaOf(schema: z.ZodType): JsonSchema {
  const { $schema: _, ...described } = z.toJSONSchema(schema, { io: 'input', unrepresentable: 'any', override: plain });
  return described;
}

/** Without the limits of what JavaScript can hold, and with formats instead of their long patterns. */
function plain({ jsonSchema }: { jsonSchema: JsonSchema }): void {
  if (jsonSchema.minimum === Number.MIN_SAFE_INTEGER) delete jsonSchema.minimum;
  if (jsonSchema.maximum === Number.MAX_SAFE_INTEGER) delete jsonSchema.maximum;
  if (jsonSchema.format === 'date-time' && 'pattern' in jsonSchema) jsonSchema.pattern = 'Z$';
}

/** The document with each named schema once, among its components. */
export function gatherSchemas<Document extends { components: object }>(
  document: Document,
): Document & { components: { schemas: JsonSchema } } {
  const schemas: JsonSchema = {};
  const gathered = JSON.parse(JSON.stringify(document), (key, value) => {
    if (key === '$ref') return value.replace('#/$defs/', '#/components/schemas/');
    if (key !== '$defs') return value;
    Object.assign(schemas, value);
    return undefined;
  });
  return { ...gathered, components: { ...gathered.components, schemas } };
}

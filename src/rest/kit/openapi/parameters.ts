import type { z } from 'zod';
import type { Route } from '../route.ts';
import { schemaOf } from './schema.ts';

export function parametersOf({ params, query }: Pick<Route, 'params' | 'query'>): object[] {
  return [...parametersIn('path', params), ...parametersIn('query', query)];
}

function parametersIn(place: 'path' | 'query', { shape }: z.ZodObject): object[] {
  return Object.entries<z.ZodType>(shape).map(([name, rule]) => {
    const { description, examples: _, ...schema } = schemaOf(rule);
    const absent = rule.safeParse(undefined);
    // What stands for an absent one is the default: of what is read from text zod tells neither this nor examples.
    const byDefault = absent.success && absent.data !== undefined ? { default: absent.data } : {};
    return { name, in: place, required: !absent.success, description, schema: { ...schema, ...byDefault }, example: exampleOf(rule) };
  });
}

/** Nothing where what is sent is not looked at. */
export function requestBodyOf({ body }: Pick<Route, 'body'>): { requestBody?: object } {
  if (body === null) return {};
  const example = Object.fromEntries(Object.entries<z.ZodType>(body.shape).map(([name, rule]) => [name, exampleOf(rule)]));
  return { requestBody: { required: true, content: { 'application/json': { schema: schemaOf(body), example } } } };
}

function exampleOf(rule: z.ZodType): unknown {
  const { examples } = rule.meta() ?? {};
  return Array.isArray(examples) ? examples[0] : undefined;
}

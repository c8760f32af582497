import { z } from 'zod';
import type { ZodOpenApiOperationObject } from 'zod-openapi';
import type { Route } from '../route.ts';
import { exampleOf, examplesOf } from './examples.ts';

/** Returns the parameters of a route. */
export function parametersOf({ params, query }: Pick<Route, 'params' | 'query'>): Pick<ZodOpenApiOperationObject, 'requestParams'> {
  return { requestParams: { path: describe(params), query: describe(query) } };
}

function describe({ shape }: z.ZodObject): z.ZodObject {
  return z.object(Object.fromEntries(Object.entries<z.ZodType>(shape).map(([name, rule]) => [name, describeParameter(rule)])));
}

/** Adds the keys of a parameter that are not in its schema. zod omits the default and the examples of a rule that reads text into another type. */
function describeParameter(rule: z.ZodType): z.ZodType {
  const absent = rule.safeParse(undefined);
  return rule.meta({
    param: { required: !absent.success, description: rule.description, example: exampleOf(rule) },
    override: ({ jsonSchema }) => {
      // They belong to the parameter.
      delete jsonSchema.description;
      delete jsonSchema.examples;
      if (absent.success && absent.data !== undefined) jsonSchema.default = absent.data;
    },
  });
}

/** Returns no key for a route that reads no body. */
export function requestBodyOf({ body }: Pick<Route, 'body'>): Pick<ZodOpenApiOperationObject, 'requestBody'> {
  if (body === null) return {};
  return { requestBody: { required: true, content: { 'application/json': { schema: body, example: examplesOf(body) } } } };
}

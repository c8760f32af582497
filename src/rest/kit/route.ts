import type { TypedDocumentNode } from '@graphql-typed-document-node/core';
import type { DocumentNode } from 'graphql';
import type { z } from 'zod';
import type { Run } from './graphql/execute.ts';
import { type ParametersOf, parametersOf, type Source } from './mapping/expression.ts';
import { compute, type Mapping, type Recipe, recipeOf, sourcesOf } from './mapping/mapping.ts';
import { examplesOf } from './openapi/examples.ts';
import { type Part, Refused } from './refusal.ts';
import type { RawPart, RawRequest } from './request/raw-request.ts';

type Method = 'GET' | 'POST' | 'PATCH' | 'DELETE';

/** A schema of bodies: objects, lists, and perhaps null. */
type Answerable = z.ZodType<object | null, object | null>;

/** The JSON value null as a body, where a contract writes it for something that is not set. */
export const jsonNull = { toJSON: () => null };

/** A route as a contract declares it: its parameters as the client sends them, the GraphQL document behind it, the mapping to its variables, and the mapping from its result. */
interface Declaration<
  Params extends z.ZodObject,
  Query extends z.ZodObject,
  Body extends z.ZodObject,
  Response extends Answerable,
  Data,
  Variables,
> {
  method: Method;
  /** As OpenAPI writes it: `/v1/things/{id}`. */
  path: string;
  /** The title of the route, a few words. */
  summary: string;
  /** More for clients to know, in Markdown. */
  description?: string;
  /** True if it can answer 404 although its path names nothing. */
  mayBeMissing?: true;
  document: TypedDocumentNode<Data, Variables>;
  params: Params;
  query: Query;
  /** The JSON object that the client sends; absent: a body is not read. */
  body?: Body;
  /** The variables of the document, each made of the request's parameters. It also gives the documented recipe, and the parameter that a refusal names. */
  variables(request: {
    params: ParametersOf<Params>;
    query: ParametersOf<Query>;
    body: ParametersOf<Body>;
  }): VariablesFrom<NoInfer<Variables>>;
  /** Makes the body of the answer; null if the path names something that does not exist. A body that is the JSON value null is `jsonNull`. */
  present(
    data: Data,
    input: Input<Params, Query, Body>,
  ): NonNullable<z.input<Response>> | (null extends z.input<Response> ? typeof jsonNull : never) | null;
}

/** Every variable is mentioned, so that a new one of the document cannot be forgotten. */
type VariablesFrom<Variables> = { readonly [Name in keyof Variables]-?: Mapping<Variables[Name]> };

/** The body of a successful answer with an example; or status 204, where the result of `present` is not sent. */
type Answered<Response extends Answerable> =
  | { status?: never; response: Response; example: z.input<Response> }
  | { status: 204; response?: never; example?: never };

/** A request after its rules were applied. */
interface Input<Params extends z.ZodObject, Query extends z.ZodObject, Body extends z.ZodObject> {
  params: z.output<Params>;
  query: z.output<Query>;
  body: z.output<Body>;
  /** The address that was requested: links in the answer are made from it. */
  url: URL;
}

/** A route as the router and the OpenAPI document use it, without the types of its declaration. */
export interface Route {
  method: Method;
  path: string;
  summary: string;
  description: string;
  mayBeMissing?: true;
  document: DocumentNode;
  params: z.ZodObject;
  query: z.ZodObject;
  /** Null: a body is not read. */
  body: z.ZodObject | null;
  /** GraphQL argument → the parameter that it comes from. */
  sources: ReadonlyMap<string, Source>;
  recipe: Recipe;
  /** The variables of a request with the documented examples in its path and body, and with no query. */
  exampleVariables(): object;
  status: 200 | 204;
  /** Null: a successful answer has no body. */
  response: Answerable | null;
  example: object | null;
  /** @throws Refused */
  answer(request: RawRequest, run: Run): Promise<object>;
}

export function route<
  Params extends z.ZodObject,
  Query extends z.ZodObject,
  Data,
  Variables extends Record<string, unknown>,
  Body extends z.ZodObject = z.ZodObject<Record<never, never>>,
  Response extends Answerable = Answerable,
>(declared: Declaration<Params, Query, Body, Response, Data, Variables> & Answered<Response>): Route {
  const { document, present, body: bodySchema, status = 200, response = null, example = null, description = '' } = declared;
  const variables = declared.variables({
    params: parametersOf('path', declared.params),
    query: parametersOf('query', declared.query),
    // Without a schema, Body is the default: no keys.
    body: (bodySchema ? parametersOf('body', bodySchema) : {}) as ParametersOf<Body>,
  });
  return {
    ...declared,
    description,
    body: bodySchema ?? null,
    sources: sourcesOf(document, variables),
    recipe: recipeOf(variables),
    exampleVariables: () => {
      const path = Object.entries(examplesOf(declared.params)).map(([name, example]) => [name, String(example)]);
      const values = { path: declared.params.parse(Object.fromEntries(path)), query: declared.query.parse({}) };
      // By its type the mapping makes these variables.
      return compute(variables, { ...values, body: bodySchema?.parse(examplesOf(bodySchema)) ?? {} }) as Variables;
    },
    status,
    response,
    example,
    async answer({ params, query, body, url }, run) {
      const input = {
        params: parse(declared.params, params, 'path'),
        query: parse(declared.query, query, 'query'),
        // Without a schema, Body is the default: no keys.
        body: (bodySchema ? parse(bodySchema, body, 'body') : {}) as z.output<Body>,
        url,
      };
      // By its type the mapping makes these variables.
      const computed = compute(variables, { path: input.params, query: input.query, body: input.body }) as Variables;
      const answer = present(await run(document, computed), input);
      if (answer === null) throw new Refused({ reason: 'notFound' });
      return answer;
    },
  };
}

/** @throws Refused naming every parameter that breaks its rule */
function parse<Schema extends z.ZodObject>(schema: Schema, { values, problems }: RawPart, part: Part): z.output<Schema> {
  const result = schema.safeParse(values);
  const issues = result.error?.issues.map(({ path, message }) => [String(path[0]), message]) ?? [];
  const all = { ...Object.fromEntries(issues), ...problems };
  if (!result.success || Object.keys(all).length > 0) throw new Refused({ reason: 'malformed', part, problems: all });
  return result.data;
}

import type { TypedDocumentNode } from '@graphql-typed-document-node/core';
import type { DocumentNode } from 'graphql';
import type { z } from 'zod';
import type { Run } from './execute.ts';
import { type Part, Refused } from './refusal.ts';
import type { Values } from './values.ts';

type Method = 'GET' | 'POST' | 'PATCH' | 'DELETE';

/** How a route is declared: its parameters as they go over the wire, the document behind it, and the way there and back. */
interface Declaration<
  Params extends z.ZodObject,
  Query extends z.ZodObject,
  Body extends z.ZodObject,
  Response extends z.ZodType<object, object>,
  Data,
  Variables,
> {
  method: Method;
  /** As OpenAPI writes it: `/v1/things/{id}`. */
  path: string;
  /** What it does, in a few words; what else is to be known, in Markdown. */
  summary: string;
  description?: string;
  document: TypedDocumentNode<Data, Variables>;
  params: Params;
  query: Query;
  /** The JSON object that is sent; absent: what is sent is not looked at. */
  body?: Body;
  /** GraphQL argument → the parameter, or the body's key, that it was made from: where the schema has the last word, it names the right one. */
  fields: Readonly<Record<string, string>>;
  variables(input: Input<Params, Query, Body>): Variables;
  /** How a reader makes the same variables: see `Recipe`. */
  recipe: { readonly [Name in keyof Variables]-?: Recipe };
  /** The body of the answer; null: what the path names does not exist. */
  present(data: Data, input: Input<Params, Query, Body>): z.input<Response> | null;
}

/** What a good answer has, and an example of it; or that it says nothing, and what `present` gives is not sent. */
type Answered<Response extends z.ZodType<object, object>> =
  | { status?: never; response: Response; example: z.input<Response> }
  | { status: 204; response?: never; example?: never };

/**
 * How GraphQL variables are made from a request, for people who move from one to the other. Text is an expression in the notation of JavaScript over
 * `path`, `query` and `body`, whose values have the types that the description gives them, defaults among them, and `globalId(type, uuid)`; what it
 * leaves undefined is left out. Everything else stands for itself, an object key by key.
 */
type Recipe = string | number | boolean | readonly string[] | { readonly [name: string]: Recipe };

interface Input<Params extends z.ZodObject, Query extends z.ZodObject, Body extends z.ZodObject> {
  params: z.output<Params>;
  query: z.output<Query>;
  body: z.output<Body>;
  /** What was asked for: answers that link to their neighbours are made from it. */
  url: URL;
}

/** A declared route, whatever its types: what the router and the tables are made of. */
export interface Route {
  method: Method;
  path: string;
  summary: string;
  description: string;
  document: DocumentNode;
  params: z.ZodObject;
  query: z.ZodObject;
  /** Null: what is sent is not looked at. */
  body: z.ZodObject | null;
  fields: Readonly<Record<string, string>>;
  recipe: Recipe;
  status: 200 | 204;
  /** Null: a good answer has no body. */
  response: z.ZodType<object, object> | null;
  example: object | null;
  /** @throws Refused */
  answer(sent: Sent, run: Run): Promise<object>;
}

/** What the client sent, unchecked. */
export interface Sent {
  params: Values;
  query: Values;
  body: Values;
  url: URL;
}

export function route<
  Params extends z.ZodObject,
  Query extends z.ZodObject,
  Data,
  Variables extends Record<string, unknown>,
  Body extends z.ZodObject = z.ZodObject<Record<never, never>>,
  Response extends z.ZodType<object, object> = z.ZodType<object, object>,
>(declared: Declaration<Params, Query, Body, Response, Data, Variables> & Answered<Response>): Route {
  const { document, variables, present, body: bodySchema, status = 200, response = null, example = null, description = '' } = declared;
  return {
    ...declared,
    description,
    body: bodySchema ?? null,
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
      const answer = present(await run(document, variables(input)), input);
      if (answer === null) throw new Refused({ reason: 'notFound' });
      return answer;
    },
  };
}

/** @throws Refused naming every parameter that breaks its rule */
function parse<Schema extends z.ZodObject>(schema: Schema, { values, problems }: Values, part: Part): z.output<Schema> {
  const result = schema.safeParse(values);
  const issues = result.error?.issues.map(({ path, message }) => [String(path[0]), message]) ?? [];
  const all = { ...Object.fromEntries(issues), ...problems };
  if (!result.success || Object.keys(all).length > 0) throw new Refused({ reason: 'malformed', part, problems: all });
  return result.data;
}

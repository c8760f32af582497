import type { TypedDocumentNode } from '@graphql-typed-document-node/core';
import type { DocumentNode } from 'graphql';
import type { z } from 'zod';
import type { Run } from './execute.ts';
import type { RawParameters } from './query.ts';
import { Refused } from './refusal.ts';

/** How a route is declared: its parameters as they go over the wire, the document behind it, and the way there and back. */
interface Declaration<Params extends z.ZodObject, Query extends z.ZodObject, Data, Variables> {
  method: 'GET';
  /** As OpenAPI writes it: `/v1/things/{id}`. */
  path: string;
  document: TypedDocumentNode<Data, Variables>;
  params: Params;
  query: Query;
  /** GraphQL argument → the query parameter that it was made from: where the schema has the last word, it names the right one. */
  fields: Readonly<Record<string, string>>;
  variables(input: Input<Params, Query>): Variables;
  /** The body of the answer; null: what the path names does not exist. */
  present(data: Data, input: Input<Params, Query>): object | null;
}

interface Input<Params extends z.ZodObject, Query extends z.ZodObject> {
  params: z.output<Params>;
  query: z.output<Query>;
  /** What was asked for: answers that link to their neighbours are made from it. */
  url: URL;
}

/** A declared route, whatever its types: what the router and the tables are made of. */
export interface Route {
  method: 'GET';
  path: string;
  document: DocumentNode;
  params: z.ZodObject;
  query: z.ZodObject;
  fields: Readonly<Record<string, string>>;
  /** @throws Refused */
  answer(params: RawParameters, query: RawParameters, url: URL, run: Run): Promise<object>;
}

export function route<Params extends z.ZodObject, Query extends z.ZodObject, Data, Variables extends Record<string, unknown>>(
  declared: Declaration<Params, Query, Data, Variables>,
): Route {
  const { document, variables, present } = declared;
  return {
    ...declared,
    async answer(params, query, url, run) {
      const input = { params: parse(declared.params, params, 'path'), query: parse(declared.query, query, 'query'), url };
      const body = present(await run(document, variables(input)), input);
      if (body === null) throw new Refused({ reason: 'notFound' });
      return body;
    },
  };
}

/** @throws Refused naming every parameter that breaks its rule */
function parse<Schema extends z.ZodObject>(schema: Schema, { values, problems }: RawParameters, part: 'path' | 'query'): z.output<Schema> {
  const result = schema.safeParse(values);
  const issues = result.error?.issues.map(({ path, message }) => [String(path[0]), message]) ?? [];
  const all = { ...Object.fromEntries(issues), ...problems };
  if (!result.success || Object.keys(all).length > 0) throw new Refused({ reason: 'malformed', part, problems: all });
  return result.data;
}

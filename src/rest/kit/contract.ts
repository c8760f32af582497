import type { z } from 'zod';
import type { Contract as KeyPrefix } from '../../auth/secret.ts';
import type { Refusal } from './refusal.ts';
import type { Route } from './route.ts';

/** A documented API: its routes and its refusals. */
export interface Contract {
  /** The first segment of its own mount: `/name/v1/…`. */
  name: KeyPrefix;
  /** The name of the API in its documents. */
  title: string;
  /** A path of its newest messages of a phone conversation, whose GraphQL id is `{id}` and whose number is `{number}`. Pages show its answer. */
  sample: string;
  /** The rules of all its routes, in Markdown. */
  description: string;
  routes: readonly Route[];
  /** Headers that select a part of the data which does not exist here. A request with one is forbidden, because the answer would contain more than the client requested. */
  unservedHeaders?: readonly string[];
  /** Paths of its documents that this gateway does not serve, each with every path below it. Any method answers 404 with this message. */
  unservedPaths?: { paths: readonly string[]; because: string };
  /** The body of every refusal. */
  failure: z.ZodType<object, object>;
  /** Returns the status and body of a refusal, and the contract's own headers. Those that HTTP requires are added for every contract. */
  refuse(refusal: Refusal, requestId: string): { status: number; body: object; headers?: Readonly<Record<string, string>> };
}

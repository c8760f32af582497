import type { z } from 'zod';
import type { Contract as KeyPrefix } from '../../auth/secret.ts';
import type { Refusal } from './refusal.ts';
import type { Route } from './route.ts';

/** A documented API: its table of routes, and how it says no. */
export interface Contract {
  /** The first segment of its own mount: `/name/v1/…`. */
  name: KeyPrefix;
  /** What its documents call it. */
  title: string;
  /** What holds for all of its routes, in Markdown. */
  description: string;
  routes: readonly Route[];
  /** Headers that ask for a slice that is not modelled: refused as forbidden, rather than answered with more than was requested. */
  unservedHeaders?: readonly string[];
  /** Paths of its documents that this gateway does not serve, each with everything below it: 404, whatever the method, with this message. */
  unservedPaths?: { paths: readonly string[]; because: string };
  /** The body of every refusal. */
  failure: z.ZodType<object, object>;
  /** The status and body of a refusal, and its headers beyond those that HTTP asks for, which every contract has. */
  refuse(refusal: Refusal, requestId: string): { status: number; body: object; headers?: Readonly<Record<string, string>> };
}

import type { Refusal } from './refusal.ts';
import type { Route } from './route.ts';

/** A documented API: its table of routes, and how it says no. */
export interface Contract {
  /** The first segment of its own mount: `/name/v1/…`. */
  name: string;
  /** What its documents call it. */
  title: string;
  routes: readonly Route[];
  /** The status and body of a refusal; the headers that HTTP asks for are added by the router. */
  refuse(refusal: Refusal, requestId: string): { status: number; body: object };
}

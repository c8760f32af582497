import type { Problems } from '../refusal.ts';

/** One part of a request before its rules are applied: the values that could be read, by name, and the problems of those that could not. */
export interface RawPart {
  values: Readonly<Record<string, unknown>>;
  problems: Problems;
}

/** A request before its rules are applied. `url`: the address that was requested; links in the answer are made from it. */
export interface RawRequest {
  params: RawPart;
  query: RawPart;
  body: RawPart;
  url: URL;
}

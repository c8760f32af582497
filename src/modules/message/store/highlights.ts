import { checkQuery } from '../../search/containing.ts';
import type { MessageRow } from './rows.ts';

export { type Highlight, highlightsOf, maxHighlights } from '../../search/highlights.ts';

interface HighlightArguments {
  query?: string | null;
}

/** Checks the arguments of `Message.highlights`. @throws BAD_USER_INPUT */
export function checkHighlights({ query }: HighlightArguments): void {
  if (query != null) checkQuery('query', query);
}

/** Returns the text that a search compares: the body of a normal message, null for others. */
export function searchableBody({ body, kind }: MessageRow): string | null {
  return kind === 'NORMAL' ? body : null;
}

import { checkQuery } from '../../search/containing.ts';
import type { MessageRow } from './rows.ts';

export { type Highlight, highlightsOf, maxHighlights } from '../../search/highlights.ts';

interface HighlightArguments {
  query?: string | null;
}

/** @throws BAD_USER_INPUT */
export function checkHighlights({ query }: HighlightArguments): void {
  if (query != null) checkQuery('query', query);
}

/** Returns the text in which a search looks: of a normal message the body; null: no search finds it. */
export function searchableBody({ body, kind }: MessageRow): string | null {
  return kind === 'NORMAL' ? body : null;
}

import type { Bind } from '../../database/keyset.ts';
import { badInput } from '../../errors.ts';
import { textProblem } from '../../values/storable-text.ts';
import { checkQuery } from './check-query.ts';

/**
 * Binds a query and returns the condition, as SQL, that a text contains it, without regard to case, accents and width. No character of the query has a
 * special meaning. @throws BAD_USER_INPUT naming `field`
 */
export function containing(field: string, query: string, bind: Bind): (text: string) => string {
  checkQuery(field, query);
  const problem = textProblem(query);
  if (problem !== null) throw badInput(field, problem);
  // As a query of its own it is folded once, not for each row.
  const wanted = `(select ${folded(`${bind(query)}::text`)})`;
  return (text) => `strpos(${folded(text)}, ${wanted}) > 0`;
}

/** A text without case, accents and width, as SQL. Of ASCII, where characters are bytes, only the case is to be folded, which is many times faster. */
function folded(text: string): string {
  const full = `normalize(regexp_replace(normalize(lower(normalize(${text}, NFKD)), NFKD), '[\\u0300-\\u036f]', '', 'g'), NFC)`;
  return `case when octet_length(${text}) = length(${text}) then lower(${text}) else ${full} end`;
}

import type { Bind } from '../../database/keyset.ts';
import { badInput } from '../../errors.ts';
import { searchProblem } from '../../values/search-text.ts';
import { textProblem } from '../../values/storable-text.ts';

/** Refuses a search of more than 256 characters. @throws BAD_USER_INPUT naming `field` */
export function checkQuery(field: string, query: string): void {
  const problem = searchProblem(query);
  if (problem !== null) throw badInput(field, problem);
}

/**
 * Binds a query, and returns the SQL condition that a text contains it, whatever its case, accents and width. No character of the query has a special meaning.
 * @throws BAD_USER_INPUT naming `field`
 */
export function containing(field: string, query: string, bind: Bind): (text: string) => string {
  checkQuery(field, query);
  const problem = textProblem(query);
  if (problem !== null) throw badInput(field, problem);
  // A subquery folds it once, instead of once for each row.
  const needle = `(select ${folded(`${bind(query)}::text`)})`;
  return (text) => `strpos(${folded(text)}, ${needle}) > 0`;
}

/** Returns SQL for a text without case, accents and width. ASCII texts, in which each character is one byte, take a path that is many times faster. */
function folded(text: string): string {
  const full = `normalize(regexp_replace(normalize(lower(normalize(${text}, NFKD)), NFKD), '[\\u0300-\\u036f]', '', 'g'), NFC)`;
  return `case when octet_length(${text}) = length(${text}) then lower(${text}) else ${full} end`;
}

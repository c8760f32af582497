import { badInput } from '../../errors.ts';
import { searchProblem } from '../../values/search-text.ts';

/** A text that is searched for: at most 256 characters. @throws BAD_USER_INPUT naming `field` */
export function checkQuery(field: string, query: string): void {
  const problem = searchProblem(query);
  if (problem !== null) throw badInput(field, problem);
}

import { badInput } from '../errors.ts';
import { urlProblem } from './https-url.ts';

/** Checks a link that a client sets. @throws BAD_USER_INPUT naming `field` */
export function checkUrl(field: string, url: string): void {
  const problem = urlProblem(url);
  if (problem !== null) throw badInput(field, problem);
}

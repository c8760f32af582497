import { badInput } from '../errors.ts';
import { urlProblem } from './https-url.ts';

/** A link that people set: an https URL of at most 4,096 characters. @throws BAD_USER_INPUT naming `field` */
export function checkUrl(field: string, url: string): void {
  const problem = urlProblem(url);
  if (problem !== null) throw badInput(field, problem);
}

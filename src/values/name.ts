import { badInput } from '../errors.ts';
import { nameProblem } from './printable.ts';
import { textProblem } from './storable-text.ts';

/** A name that people gave: 1 to 200 characters, not only spaces, no control characters, nothing that PostgreSQL cannot hold. @throws BAD_USER_INPUT naming `field` */
export function checkName(field: string, name: string): void {
  const length = [...name].length;
  if (name.trim() === '' || length > 200) throw badInput(field, 'must have 1 to 200 characters, not only spaces');
  const problem = textProblem(name) ?? nameProblem(name);
  if (problem !== null) throw badInput(field, problem);
}

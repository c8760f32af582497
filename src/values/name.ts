import { badInput } from '../errors.ts';
import { nameProblem } from './printable.ts';
import { lengthProblem, textProblem } from './storable-text.ts';

/** The most characters of a name. */
export const maxName = 200;
/** The most characters of a conversation's title. */
export const maxTitle = 1_000;

/** Returns the problem of a blank or too long name, or null: a name has 1 to `most` characters that are not all spaces. */
export function blankProblem(name: string, most = maxName): string | null {
  const problem = lengthProblem(name, 1, most) ?? (name.trim() === '' ? lengthProblem('', 1, most) : null);
  return problem && `${problem}, not only spaces`;
}

/** Checks a name that a client sets: not blank, no control characters, nothing that PostgreSQL cannot store. @throws BAD_USER_INPUT naming `field` */
export function checkName(field: string, name: string, most = maxName): void {
  const problem = blankProblem(name, most) ?? textProblem(name) ?? nameProblem(name);
  if (problem !== null) throw badInput(field, problem);
}

import { badInput } from '../../errors.ts';
import { textProblem } from '../../values/storable-text.ts';

/** Checks an external id that a client looks for, and returns it. @throws BAD_USER_INPUT for a text that no external id can be */
export function readExternalId(externalId: string): string {
  const length = [...externalId].length;
  if (length < 1 || length > 200) throw badInput('externalId', 'must have 1 to 200 characters');
  const problem = textProblem(externalId);
  if (problem !== null) throw badInput('externalId', problem);
  return externalId;
}

import { badInput } from '../../errors.ts';
import { lengthProblem, textProblem } from '../../values/storable-text.ts';

/** Checks an external id that a client looks for, and returns it. @throws BAD_USER_INPUT for a text that no external id can be */
export function readExternalId(externalId: string): string {
  const problem = lengthProblem(externalId, 1, 200) ?? textProblem(externalId);
  if (problem !== null) throw badInput('externalId', problem);
  return externalId;
}

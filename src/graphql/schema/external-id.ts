import { badInput } from '../../errors.ts';
import { lengthProblem, textProblem } from '../../values/storable-text.ts';

/** Returns an external id of a look-up. @throws BAD_USER_INPUT for a text that cannot be an external id */
export function readExternalId(externalId: string): string {
  const problem = lengthProblem(externalId, 1, 200) ?? textProblem(externalId);
  if (problem !== null) throw badInput('externalId', problem);
  return externalId;
}

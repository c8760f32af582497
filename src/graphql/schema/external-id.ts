import { badInput } from '../../errors.ts';
import { textProblem } from '../../values/storable-text.ts';

/** Returns an external id of a look-up. @throws BAD_USER_INPUT for a text that cannot be an external id */
export function readExternalId(externalId: string): string {
  const length = [...externalId].length;
  if (length < 1 || length > 200) throw badInput('externalId', 'must have 1 to 200 characters');
  const problem = textProblem(externalId);
  if (problem !== null) throw badInput('externalId', problem);
  return externalId;
}

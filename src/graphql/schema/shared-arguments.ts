// Arguments that fields of several modules share.

import { badInput } from '../../errors.ts';
import { lengthProblem, textProblem } from '../../values/storable-text.ts';
import { builder } from './builder.ts';

export const OrderDirection = builder.enumType('OrderDirection', {
  description: 'The direction of an order.',
  values: {
    ASC: { description: 'Ascending: the smallest or earliest first.' },
    DESC: { description: 'Descending: the greatest or latest first.' },
  },
});

/** Returns an external id of a look-up. @throws BAD_USER_INPUT for a text that cannot be an external id */
export function readExternalId(externalId: string): string {
  const problem = lengthProblem(externalId, 1, 200) ?? textProblem(externalId);
  if (problem !== null) throw badInput('externalId', problem);
  return externalId;
}

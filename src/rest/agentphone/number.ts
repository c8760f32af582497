import { z } from 'zod';
import type { AgentPhoneNumberFragment } from '../../generated/graphql/graphql.ts';
import { withPrefix } from './ids.ts';
import { time } from './shapes.ts';

/** A number of the organization. Left out: `type`, which is optional and not known. */
export const number = z
  .strictObject({
    id: z.string(),
    phoneNumber: z.string(),
    country: z.literal('').describe('Always empty: it is not known.'),
    status: z.literal('active'),
    agentId: z.null().describe('Always null: agents answer conversations here, see their `agentId`.'),
    createdAt: time,
  })
  .meta({ id: 'Number' });

export const numberExample: z.input<typeof number> = {
  id: 'num_BAGQobLD1HAAgAAAAAAAAAM',
  phoneNumber: '+15551234567',
  country: '',
  status: 'active',
  agentId: null,
  createdAt: '2025-01-15T11:30:00Z',
};

export function presentNumber({ id, e164: phoneNumber, createdAt }: AgentPhoneNumberFragment): z.input<typeof number> {
  return { id: withPrefix('PhoneNumber', id), phoneNumber, country: '', status: 'active', agentId: null, createdAt };
}

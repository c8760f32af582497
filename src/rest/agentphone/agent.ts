import { z } from 'zod';
import type { AgentPhoneAgentFragment } from '../../generated/graphql/graphql.ts';
import { withPrefix } from './ids.ts';
import { time } from './shapes.ts';

/** An agent of the organization. Left out: the settings of calls that are optional and cannot be null. */
export const agent = z
  .strictObject({
    id: z.string(),
    name: z.string(),
    description: z.null(),
    voiceMode: z.literal('webhook'),
    systemPrompt: z.null(),
    beginMessage: z.null(),
    voice: z.literal(''),
    transferNumber: z.null(),
    customTools: z.null(),
    voicemailMessage: z.null(),
    callScreeningIdentity: z.null(),
    callScreeningPurpose: z.null(),
    createdAt: time,
    numbers: z.array(z.never()).describe('Always empty: agents answer conversations here, and no number belongs to one.'),
  })
  .meta({ id: 'Agent', description: 'Settings of calls are null or empty: this gateway has none.' });

const noCalls = {
  voiceMode: 'webhook',
  systemPrompt: null,
  beginMessage: null,
  voice: '',
  transferNumber: null,
  customTools: null,
  voicemailMessage: null,
  callScreeningIdentity: null,
  callScreeningPurpose: null,
} as const;

export const agentExample: z.input<typeof agent> = {
  id: 'agt_AwGQobLD1HAAgAAAAAAAAAI',
  name: 'Support Bot',
  description: null,
  ...noCalls,
  createdAt: '2025-01-15T11:30:00Z',
  numbers: [],
};

export function presentAgent({ id, name, createdAt }: AgentPhoneAgentFragment): z.input<typeof agent> {
  return { id: withPrefix('Agent', id), name, description: null, ...noCalls, createdAt, numbers: [] };
}

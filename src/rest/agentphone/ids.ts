import { z } from 'zod';
import { decodeId, encodeId } from '../../values/ids.ts';

/** What the contract writes before a global id, by what it is the id of. */
const prefixes = { Conversation: 'conv_', Message: 'msg_', PhoneNumber: 'num_', Agent: 'agt_', Participant: 'con_' } as const;

type Prefixed = keyof typeof prefixes;

export function withPrefix(type: Prefixed, id: string): string {
  return prefixes[type] + id;
}

/** An id in a path, as the global one. A malformed id is simply unknown: it becomes the id of nothing, and the schema says so after it looked at the rest. */
export function idOf(type: Prefixed) {
  const prefix = prefixes[type];
  return z
    .string()
    .transform((given) => {
      const id = given.startsWith(prefix) ? given.slice(prefix.length) : '';
      return decodeId(id)?.type === type ? id : encodeId(type, '00000000-0000-0000-0000-000000000000');
    })
    .meta({
      description: `As it stands in answers, \`${prefix}…\`.`,
      examples: [prefix + encodeId(type, '0190a1b2-c3d4-7000-8000-000000000001')],
    });
}

/** The path of everything about one conversation, and how a reader makes the global id. */
export const conversationId = z.object({ conversation_id: idOf('Conversation') });
export const conversationIdRecipe = 'path.conversation_id.replace("conv_", "")';

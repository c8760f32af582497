import { z } from 'zod';
import { decodeId, encodeId } from '../../ids.ts';

/** What the contract writes before a global id, by what it is the id of. */
const prefixes = { Conversation: 'conv_', Message: 'msg_', PhoneNumber: 'num_', Agent: 'agt_' } as const;

type Prefixed = keyof typeof prefixes;

export function withPrefix(type: Prefixed, id: string): string {
  return prefixes[type] + id;
}

/** An id in a path, as the global one. A malformed id is simply unknown: it becomes the id of nothing, and the schema says so after it looked at the rest. */
export function idOf(type: Prefixed) {
  return z.string().transform((given) => {
    const id = given.startsWith(prefixes[type]) ? given.slice(prefixes[type].length) : '';
    return decodeId(id)?.type === type ? id : encodeId(type, '00000000-0000-0000-0000-000000000000');
  });
}

/** The path of everything about one conversation. */
export const conversationId = z.object({ conversation_id: idOf('Conversation') });

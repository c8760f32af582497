import { z } from 'zod';
import type { ConversationType } from '../../generated/graphql/graphql.ts';
import { decodeId, encodeId, nilUuid } from '../../values/ids.ts';
import { convert } from '../kit/mapping/combine.ts';
import type { Parameter } from '../kit/mapping/expression.ts';

/** The contract writes a prefix before a global id, by the type of the thing. */
const prefixes = {
  Conversation: 'conv_',
  Message: 'msg_',
  PhoneNumber: 'num_',
  Agent: 'agt_',
  Participant: 'con_',
  WebhookEndpoint: 'wh_',
} as const;

type Prefixed = keyof typeof prefixes;

export function withPrefix(type: Prefixed, id: string): string {
  return prefixes[type] + id;
}

/** An id in a path. A malformed one is no error here: it is unknown, see `withoutPrefix`. */
export function idOf(type: Prefixed) {
  const prefix = prefixes[type];
  return z.string().meta({
    description: `The id as answers have it, \`${prefix}…\`.`,
    examples: [prefix + encodeId(type, '0190a1b2-c3d4-7000-8000-000000000001')],
  });
}

/** The global id. A malformed one becomes an id that names nothing, so that the schema answers NOT_FOUND after it checked the other input. */
export function withoutPrefix<Value extends string | undefined>(type: Prefixed, parameter: Parameter<Value>) {
  const prefix = prefixes[type];
  const read = (given: string) => {
    const id = given.startsWith(prefix) ? given.slice(prefix.length) : '';
    return decodeId(id)?.type === type ? id : encodeId(type, nilUuid);
  };
  return convert(parameter, read, (text) => `${text}.replace("${prefix}", "")`);
}

/** The path of every route of one conversation. */
export const conversationPath = z.object({ conversation_id: idOf('Conversation') });

/** The types of conversations that exist in this contract. */
export const phoneOnly: ConversationType[] = ['PHONE'];

import type { ZiikMessageFragment, ZiikOwnMessageFragment } from '../../generated/graphql/graphql.ts';
import { known } from '../kit/words.ts';
import { presentAuthor } from './author.ts';
import { presentFiles, presentVoice, voiceOf } from './file.ts';
import { unixSeconds, unixSecondsOrNull } from './time.ts';

/** Reactions that a message shows at most, the first: what one page of them may hold. */
export const maxReactions = 200;
/** The same of the latest message of a listed conversation, so that the largest list stays within the price of an operation. */
export const maxReactionsListed = 50;

/** A message of a conversation, with the one that it answers, whose own `parent` is left null. */
export function presentMessage(message: ZiikMessageFragment, conversationId: number) {
  const { replyTo } = message;
  const parent = replyTo && present(replyTo, conversationId, { is_reply: replyTo.replyTo !== null, parent: null });
  return present(message, conversationId, { is_reply: replyTo !== null, parent });
}

/** Once content is gone the schema gives no body, files and, where it is deleted, reactions. */
function present<Reply extends { is_reply: boolean; parent: object | null }>(
  message: ZiikOwnMessageFragment,
  conversationId: number,
  reply: Reply,
) {
  const voice = voiceOf(message);
  return {
    id: message.number,
    type: message.kind === 'SERVICE' ? ('service' as const) : ('normal' as const),
    conversationId,
    ...reply,
    deleted: message.deletedAt !== null,
    message: message.body ?? '',
    date: unixSeconds(message.createdAt),
    edited_at: unixSecondsOrNull(message.editedAt),
    reactions: known(message.reactions).map(presentReaction),
    author: presentAuthor(message.author),
    files: presentFiles(message),
    voice: voice && presentVoice(voice),
  };
}

type Reaction = NonNullable<ZiikOwnMessageFragment['reactions']>[number];

function presentReaction({ number, type, author, createdAt }: Reaction) {
  return { id: number, type, author: { id: author.number, name: author.name }, created_at: unixSeconds(createdAt) };
}

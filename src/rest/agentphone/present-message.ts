import type { z } from 'zod';
import type { AgentPhoneMessageFragment } from '../../generated/graphql/graphql.ts';
import { contentGoneAt } from '../kit/content-gone-at.ts';
import { known, lower } from '../kit/words.ts';
import { withPrefix } from './ids.ts';
import { formatReceivedAt } from './received-at.ts';
import type { messageList } from './shapes.ts';

export function presentMessage(message: AgentPhoneMessageFragment): z.input<typeof messageList>['data'][number] {
  const { replyTo, mediaUrls } = message;
  return {
    id: withPrefix('Message', message.id),
    body: message.body ?? '',
    fromNumber: known(message.from),
    toNumber: known(message.to),
    direction: lower(message.direction),
    // Tells the members of a group apart; between two, `fromNumber` does.
    senderIdentifier: null,
    channel: lower(message.channel),
    mediaUrl: mediaUrls[0] ?? null,
    mediaUrls,
    receivedAt: formatReceivedAt(message),
    reactions: known(message.reactions).map((reaction) => presentReaction(reaction, message)),
    replyTo: replyTo && { messageId: withPrefix('Message', replyTo.id), message: replyTo.body ?? '', mediaUrls: replyTo.mediaUrls },
    ...redaction(message),
  };
}

/** The key that only a message whose content is gone has. */
export function redaction(message: { redactedAt: string | null; deletedAt: string | null }): { redactedAt?: string } {
  const redactedAt = contentGoneAt(message);
  return redactedAt === null ? {} : { redactedAt };
}

type Reaction = NonNullable<AgentPhoneMessageFragment['reactions']>[number];

function presentReaction(reaction: Reaction, { direction, from, to }: AgentPhoneMessageFragment) {
  return {
    id: `rct_${reaction.number}`,
    reactionType: reaction.type,
    // Where none is known: of the two sides, the one that reacted.
    fromNumber: reaction.fromNumber ?? known(reaction.direction === direction ? from : to),
    direction: lower(reaction.direction),
    createdAt: reaction.createdAt,
  };
}

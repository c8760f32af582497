import { formatInstant } from '../../../values/instant.ts';
import type { ReactionInput } from './reaction-input.ts';
import type { RecordMessageInput } from './record-input.ts';

// GraphQL's words for a message in those of the import format, which one reader reads: enum values small, instants as text.

/** A value that `readMessageLine` reads. */
export function importedMessage(input: typeof RecordMessageInput.$inferInput): Record<string, unknown> {
  const { conversation, consent, reactions } = input;
  return {
    ...input,
    body: input.body ?? null,
    createdAt: formatInstant(input.createdAt),
    direction: input.direction.toLowerCase(),
    conversation: conversation && { ...conversation, type: conversation.type.toLowerCase() },
    channel: input.channel?.toLowerCase(),
    kind: input.kind?.toLowerCase(),
    status: input.status?.toLowerCase(),
    reactions: reactions?.map(importedReaction),
    editedAt: instant(input.editedAt),
    deletedAt: instant(input.deletedAt),
    redactedAt: instant(input.redactedAt),
    consent: consent && { ...consent, at: formatInstant(consent.at) },
  };
}

/** A value that `readIncomingReaction` reads. */
export function importedReaction(input: typeof ReactionInput.$inferInput): Record<string, unknown> {
  return { ...input, direction: input.direction.toLowerCase(), createdAt: formatInstant(input.createdAt) };
}

function instant(date: Date | null | undefined): string | null {
  return date == null ? null : formatInstant(date);
}

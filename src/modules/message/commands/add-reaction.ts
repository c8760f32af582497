import type { RequestDatabase } from '../../../database/database.ts';
import { badInput } from '../../../errors.ts';
import { react } from '../ingest/react.ts';
import { readIncomingReaction } from '../ingest/read/message-draft.ts';

/**
 * Adds a reaction to a message; the same of the same author is there once. @param reaction as on a line of the import format.
 * @returns whether it was missing. @throws BAD_USER_INPUT, NOT_FOUND
 */
export async function addReaction(
  database: RequestDatabase,
  organizationId: string,
  messageId: string,
  reaction: unknown,
): Promise<boolean> {
  const reading = readIncomingReaction(reaction);
  if ('problems' in reading) throw badInput(reading.problems[0]?.path ?? 'type', reading.problems[0]?.reason ?? '');
  return database.transaction((tx) => react(tx, organizationId, messageId, reading.reaction));
}

import type { RequestDatabase } from '../../../database/database.ts';
import { badInput } from '../../../errors.ts';
import { readIncomingReaction } from '../ingest/read/message-draft.ts';
import { unreact } from '../ingest/unreact.ts';

/** A reaction by what tells it apart on its message. */
interface NamedReaction {
  type: string;
  authorExternalId?: string | null | undefined;
  fromNumber?: string | null | undefined;
  direction: string;
  removedAt: string;
}

/** Fields of a reaction by what this verb calls them. */
const names: Record<string, string> = { 'author.externalId': 'authorExternalId', createdAt: 'removedAt' };

/** Removes a reaction from a message. @returns whether there was one. @throws BAD_USER_INPUT, NOT_FOUND */
export async function removeReaction(
  database: RequestDatabase,
  organizationId: string,
  messageId: string,
  { authorExternalId, removedAt, ...named }: NamedReaction,
): Promise<boolean> {
  const author = authorExternalId == null ? null : { externalId: authorExternalId, firstName: '', lastName: '' };
  const reading = readIncomingReaction({ ...named, author, createdAt: removedAt });
  if ('problems' in reading) {
    const { path, reason } = reading.problems[0] ?? { path: '', reason: '' };
    throw badInput(names[path] ?? path, reason);
  }
  return database.transaction((tx) => unreact(tx, organizationId, messageId, reading.reaction));
}

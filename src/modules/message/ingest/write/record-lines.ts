import { uuidv7 } from 'uuidv7';
import type { Transaction } from '../../../../database/database.ts';
import { mustGet } from '../../../../database/ensure-rows.ts';
import { findMessages, nameKey } from '../match/find-messages.ts';
import type { Line } from '../match/line.ts';
import { authorOf, partyKey } from '../parties/party.ts';
import { insertMessages, type NewMessage } from './insert-messages.ts';
import { rankMessages } from './rank-messages.ts';

export interface RecordedLine extends NewMessage {
  line: Line;
}

interface Ids {
  /** By conversation key. */
  conversationIds: ReadonlyMap<string, string>;
  /** By E.164. */
  phoneNumberIds: ReadonlyMap<string, string>;
  /** By party key. */
  participantIds: ReadonlyMap<string, string>;
}

/**
 * Inserts the messages of new lines into their locked conversations.
 * @returns the recorded messages, and those that another transaction recorded after `sortLines` ran, with their stored ids
 */
export async function recordLines(tx: Transaction, organizationId: string, lines: readonly Line[], ids: Ids) {
  const candidates = await rankMessages(
    tx,
    organizationId,
    lines.map((line) => newMessage(line, ids)),
    ids.phoneNumberIds,
  );
  const recorded = await insertMessages(tx, organizationId, candidates);
  const recordedIds = new Set(recorded.map(({ id }) => id));
  const missing = candidates.filter(({ id }) => !recordedIds.has(id));
  return { recorded, recordedElsewhere: await findStored(tx, organizationId, missing) };
}

function newMessage(line: Line, { conversationIds, participantIds }: Ids): RecordedLine {
  const { message, conversationKey } = line;
  return {
    line,
    id: uuidv7(),
    conversationId: mustGet(conversationIds, conversationKey),
    authorId: mustGet(participantIds, partyKey(authorOf(message))),
    message,
  };
}

async function findStored(tx: Transaction, organizationId: string, lines: readonly RecordedLine[]): Promise<RecordedLine[]> {
  const nameOf = ({ conversationId, message }: NewMessage) => ({ conversationId, externalId: message.externalId });
  const ids = await findMessages(tx, organizationId, lines.map(nameOf));
  return lines.map((each) => ({ ...each, id: mustGet(ids, nameKey(nameOf(each))) }));
}

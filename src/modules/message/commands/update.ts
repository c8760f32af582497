import type { RequestDatabase } from '../../../database/database.ts';
import { readIncomingUpdate } from '../ingest/incoming-update.ts';
import { updateMessages as update } from '../ingest/update-messages.ts';
import { applyEach, type MessageResult } from './apply-each.ts';

/** Applies what happened to up to 1,000 messages later. @throws BAD_USER_INPUT for none or too many */
export function updateMessages(database: RequestDatabase, organizationId: string, updates: readonly unknown[]): Promise<MessageResult[]> {
  return applyEach('updates', updates, readIncomingUpdate, (readable) =>
    database.transaction((tx) => update(tx, organizationId, readable)),
  );
}

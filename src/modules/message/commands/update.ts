import type { RequestDatabase } from '../../../database/database.ts';
import { readUpdateInput } from '../ingest/read/update-draft.ts';
import { applyEach, type MessageResult } from './apply-each.ts';
import { updateMessages as update } from './update-messages.ts';

/** Applies what happened to up to 1,000 messages later. @throws BAD_USER_INPUT for none or too many */
export function updateMessages(database: RequestDatabase, organizationId: string, updates: readonly unknown[]): Promise<MessageResult[]> {
  return applyEach('updates', updates, readUpdateInput, (readable) => database.transaction((tx) => update(tx, organizationId, readable)));
}

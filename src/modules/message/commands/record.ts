import type { RequestDatabase } from '../../../database/database.ts';
import { ingest } from '../ingest/ingest.ts';
import { readMessageLine } from '../ingest/read/message-draft.ts';
import { applyEach, type MessageResult } from './apply-each.ts';

/** Records up to 1,000 messages, each a value of the import format, as an import of the same lines would. @throws BAD_USER_INPUT for none or too many */
export function recordMessages(database: RequestDatabase, organizationId: string, messages: readonly unknown[]): Promise<MessageResult[]> {
  return applyEach('messages', messages, readMessageLine, (readable) => database.transaction((tx) => ingest(tx, organizationId, readable)));
}

import type { Database } from '../../../database/database.ts';
import { badInput, OperatorError } from '../../../errors.ts';
import { findOrganization } from '../../organization/store/find.ts';
import { refreshStatistics } from '../import-file/import-file.ts';
import { ingest } from '../ingest/ingest.ts';
import type { MessageDraft } from '../ingest/read/message-draft.ts';
import { generatedMessages, type Recipe } from './messages.ts';

/** As many as a transaction of an import has. */
const batchSize = 5_000;

/** @throws BAD_USER_INPUT if there are not enough messages */
export function checkRecipe({ conversations, messages, rareMessages }: Recipe): void {
  if (conversations < 1) throw badInput('conversations', 'must be at least 1');
  if (messages < conversations) throw badInput('messages', 'must be at least --conversations: a conversation has a message');
  if (rareMessages > messages) throw badInput('rareMessages', 'must be at most --messages');
}

/** Refuses an organization that has conversations. @throws NOT_FOUND, OperatorError */
export async function refuseFilled(database: Database, organizationId: string): Promise<void> {
  await findOrganization(database, organizationId);
  const [row] = await database.query<{ filled: boolean }>({
    label: 'generate_filled',
    text: 'select exists (select from conversations where organization_id = $1) as filled',
    values: [organizationId],
  });
  if (row?.filled) throw new OperatorError('this organization has conversations: leave out --org to create one, or add to it with --force');
}

/** Writes the recipe's messages as an import writes them, a transaction for 5,000. @returns how many messages were new. @throws NOT_FOUND */
export async function generate(
  database: Database,
  organizationId: string,
  recipe: Recipe,
  onProgress: (done: number) => void,
): Promise<number> {
  let imported = 0;
  let batches = 0;
  await database.session(async (session) => {
    const write = async (batch: readonly MessageDraft[]) => {
      const outcomes = await session.transaction((tx) => ingest(tx, organizationId, batch));
      imported += outcomes.filter(({ outcome }) => outcome === 'imported').length;
      await refreshStatistics(session, ++batches);
    };
    let batch: MessageDraft[] = [];
    for (const message of generatedMessages(recipe)) {
      batch.push(message);
      if (batch.length < batchSize) continue;
      await write(batch);
      batch = [];
      onProgress((batches * batchSize) / recipe.messages);
    }
    if (batch.length > 0) await write(batch);
  });
  return imported;
}

import type { Session } from '../../../database/database.ts';
import { ingest } from '../ingest.ts';
import type { NumberedMessage } from './read-messages.ts';
import { touch } from './stage-lines.ts';

/** Merges a batch in one transaction. @returns how many lines had which outcome */
export async function mergeBatch(
  session: Session,
  organizationId: string,
  batch: readonly NumberedMessage[],
  onRefused: (line: number, field: string, reason: string) => void,
) {
  const counts = { imported: 0, updated: 0, skipped: 0, refused: 0 };
  const messages = batch.map(({ message }) => message);
  const outcomes = await session.transaction((tx) => ingest(tx, organizationId, messages));
  const touched = new Set<string>();
  for (const [index, outcome] of outcomes.entries()) {
    counts[outcome.outcome]++;
    if (outcome.outcome === 'refused') onRefused(batch[index]?.number ?? 0, outcome.field, outcome.reason);
    else if (outcome.outcome !== 'skipped') touched.add(outcome.conversationId);
  }
  await touch(session, [...touched]);
  return counts;
}

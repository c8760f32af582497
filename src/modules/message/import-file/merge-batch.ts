import type { Session } from '../../../database/database.ts';
import { OperatorError, UnavailableError } from '../../../errors.ts';
import { ingest } from '../ingest/ingest.ts';
import type { Outcome } from '../ingest/match/line.ts';
import type { NumberedMessage } from './read-messages.ts';
import { touch } from './stage-lines.ts';

type Counts = Record<Outcome['outcome'], number>;
type OnRefused = (line: number, field: string, reason: string) => void;

/**
 * Merges a batch in one transaction. A batch that fails is split into halves, down to the line that fails alone.
 * @returns the number of lines by outcome. @throws OperatorError naming that line; the lines before it are merged
 */
export async function mergeBatch(
  session: Session,
  organizationId: string,
  batch: readonly NumberedMessage[],
  onRefused: OnRefused,
): Promise<Counts> {
  try {
    return await mergeAtOnce(session, organizationId, batch, onRefused);
  } catch (error) {
    const [line] = batch;
    if (line === undefined || error instanceof UnavailableError) throw error;
    if (batch.length === 1) throw new OperatorError(`line ${line.number} cannot be merged: ${(error as Error).message}`, { cause: error });
  }
  const middle = Math.ceil(batch.length / 2);
  const first = await mergeBatch(session, organizationId, batch.slice(0, middle), onRefused);
  const second = await mergeBatch(session, organizationId, batch.slice(middle), onRefused);
  return {
    imported: first.imported + second.imported,
    updated: first.updated + second.updated,
    skipped: first.skipped + second.skipped,
    refused: first.refused + second.refused,
  };
}

async function mergeAtOnce(session: Session, organizationId: string, batch: readonly NumberedMessage[], onRefused: OnRefused) {
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

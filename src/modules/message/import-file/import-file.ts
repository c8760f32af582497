import type { Database, Session } from '../../../database/database.ts';
import { findOrganization } from '../../organization/store/find.ts';
import { checkStage, stagedRefusals } from './check-stage.ts';
import { inBatches } from './in-batches.ts';
import { mergeBatch } from './merge-batch.ts';
import { openSource, type Source } from './open-source.ts';
import { readAhead } from './read-ahead.ts';
import { type NumberedMessage, type RefusedLine, readMessages } from './read-messages.ts';
import { countPastWindow, countTouched, createStage, dropStage, refusedBetween, stageLines } from './stage-lines.ts';

interface ImportOptions {
  /** Merges the valid lines although others are refused. */
  skipInvalid: boolean;
  /** `field` is empty if the whole line is refused. */
  onRefused(line: number, field: string, reason: string): void;
  /** Called before anything is merged, if messages of the file are past the retention window. If it throws, nothing is merged. */
  onPastWindow?(messages: number): Promise<void>;
  /** 0 to 1, over both readings of the file. */
  onProgress(done: number): void;
}

export interface ImportResult {
  /** Lines that are not empty. */
  read: number;
  imported: number;
  updated: number;
  skipped: number;
  refused: number;
  /** Merged messages whose content is redacted, because they are past the retention window. */
  redacted: number;
  /** The number of conversations with an imported or updated message. */
  conversations: number;
  seconds: number;
}

/**
 * Reads and validates a whole file, then merges it in batches of at most 5,000 lines, one transaction each. If a line is refused, nothing is merged unless
 * `skipInvalid` is set. @throws NOT_FOUND without the organization, OperatorError if the file cannot be read
 */
export async function importFile(database: Database, organizationId: string, path: string, options: ImportOptions): Promise<ImportResult> {
  const begun = performance.now();
  await findOrganization(database, organizationId);
  const source = await openSource(path);
  try {
    const result = await database.session(async (session) => {
      await createStage(session);
      try {
        return await checkAndMerge(session, organizationId, source, options);
      } finally {
        await dropStage(session);
      }
    });
    return { ...result, seconds: Math.round(performance.now() - begun) / 1000 };
  } finally {
    await source.close();
  }
}

async function checkAndMerge(session: Session, organizationId: string, source: Source, options: ImportOptions) {
  let bytes = 0;
  const onRead = (more: number) => {
    bytes += more;
    options.onProgress(Math.min(1, bytes / (2 * source.bytes)));
  };
  const totals = { read: 0, imported: 0, updated: 0, skipped: 0, refused: 0, redacted: 0, conversations: 0 };
  const valid = validLines(readMessages(source.read(onRead), source.bytes), (line) => {
    totals.refused++;
    for (const { path, reason } of line.problems) options.onRefused(line.number, path, reason);
  });
  for await (const batch of readAhead(inBatches(valid))) {
    totals.read += batch.length;
    await stageLines(session, batch);
  }
  totals.read += totals.refused;
  totals.refused += await checkStage(session, organizationId);
  await reportStaged(session, options);
  if (totals.refused === totals.read || (totals.refused > 0 && !options.skipInvalid)) return totals;
  totals.redacted = await countPastWindow(session, organizationId);
  if (totals.redacted > 0) await options.onPastWindow?.(totals.redacted);

  let batches = 0;
  for await (const batch of readAhead(inBatches(validLines(readMessages(source.read(onRead), source.bytes), () => {})))) {
    const lines = await withoutRefused(session, batch);
    const counts = await mergeBatch(session, organizationId, lines, options.onRefused);
    for (const outcome of ['imported', 'updated', 'skipped', 'refused'] as const) totals[outcome] += counts[outcome];
    if (counts.imported > 0) await refreshStatistics(session, ++batches);
  }
  totals.conversations = await countTouched(session);
  return totals;
}

async function* validLines(lines: AsyncIterable<NumberedMessage | RefusedLine>, onRefused: (line: RefusedLine) => void) {
  for await (const line of lines) {
    if ('message' in line) yield line;
    else onRefused(line);
  }
}

async function reportStaged(session: Session, { onRefused }: ImportOptions): Promise<void> {
  const pageSize = 1_000;
  let page = await stagedRefusals(session, 0, pageSize);
  while (page.length > 0) {
    for (const { line, field, reason } of page) onRefused(line, field, reason);
    page = page.length < pageSize ? [] : await stagedRefusals(session, page.at(-1)?.line ?? 0, pageSize);
  }
}

async function withoutRefused(session: Session, batch: NumberedMessage[]): Promise<NumberedMessage[]> {
  const refused = await refusedBetween(session, batch[0]?.number ?? 0, batch.at(-1)?.number ?? 0);
  return refused.size === 0 ? batch : batch.filter(({ number }) => !refused.has(number));
}

/**
 * Updates the planner's statistics after 1, 2, 4, 8 … batches that added messages. Otherwise plans made for empty tables stay in use: the embedded database has no
 * autovacuum.
 */
export async function refreshStatistics(session: Session, batches: number): Promise<void> {
  if ((batches & (batches - 1)) !== 0) return;
  await session.query({
    label: 'import_analyze',
    text: 'analyze phone_numbers, agents, participants, conversations, conversation_participants, messages, attachments, reactions',
  });
}

import type { Session } from '../../../database/database.ts';
import { conversationKey } from '../ingest/parties/conversation-key.ts';
import type { MessageDraft } from '../ingest/read/message-draft.ts';
import type { NumberedMessage } from './read-messages.ts';

/** Creates the session's temporary tables of lines, which SQL compares, so that this process does not hold them in memory. */
export async function createStage(session: Session): Promise<void> {
  await dropStage(session);
  await session.transaction((tx) =>
    tx.script(`
      create temporary table import_lines (
        line bigint not null, external_id text not null, conversation text not null, type text not null, reply_to text,
        content_from timestamptz, field text, reason text);
      create temporary table import_touched (conversation_id uuid primary key)`),
  );
}

export async function dropStage(session: Session): Promise<void> {
  await session.transaction((tx) => tx.script('drop table if exists import_lines, import_touched'));
}

export async function stageLines(session: Session, lines: readonly NumberedMessage[]): Promise<void> {
  await session.query({
    label: 'import_stage_lines',
    text: `insert into import_lines (line, external_id, conversation, type, reply_to, content_from)
      select * from unnest($1::bigint[], $2::text[], $3::text[], $4::text[], $5::text[], $6::timestamptz[])`,
    values: [
      lines.map(({ number }) => number),
      lines.map(({ message }) => message.externalId),
      lines.map(({ message }) => conversationKey(message)),
      lines.map(({ message }) => message.conversation.type),
      lines.map(({ message }) => message.replyTo),
      lines.map(({ message }) => (hasContent(message) ? message.createdAt : null)),
    ],
  });
}

/** True for a message with content that a retention window would redact. */
function hasContent({ body, mediaUrls, attachments, deletedAt, redactedAt }: MessageDraft): boolean {
  return deletedAt === null && redactedAt === null && ((body ?? '') !== '' || mediaUrls.length > 0 || attachments.length > 0);
}

/** Returns the number of valid lines whose content is past the retention window of the organization. */
export async function countPastWindow(session: Session, organizationId: string): Promise<number> {
  const [row] = await session.query<{ count: number }>({
    label: 'import_past_window',
    text: `select count(*) from import_lines l join retention_cutoffs c on l.content_from <= c.through
      where c.organization_id = $1 and l.field is null`,
    values: [organizationId],
  });
  return row?.count ?? 0;
}

/** Returns the numbers of the refused lines from `first` to `last`. */
export async function refusedBetween(session: Session, first: number, last: number): Promise<Set<number>> {
  const rows = await session.query<{ line: number }>({
    label: 'import_refused_between',
    text: 'select line from import_lines where field is not null and line between $1 and $2',
    values: [first, last],
  });
  return new Set(rows.map(({ line }) => line));
}

/** Records the conversations that a batch changed, to count them. */
export async function touch(session: Session, conversationIds: readonly string[]): Promise<void> {
  await session.query({
    label: 'import_touch',
    text: 'insert into import_touched select distinct unnest($1::uuid[]) on conflict do nothing',
    values: [conversationIds],
  });
}

export async function countTouched(session: Session): Promise<number> {
  const [row] = await session.query<{ count: number }>({ label: 'import_count_touched', text: 'select count(*) from import_touched' });
  return row?.count ?? 0;
}

import type { MessageDraft } from '../read/message-draft.ts';

export interface StoredMessage {
  id: string;
  status: MessageDraft['status'];
  editedAt: Date | null;
  deletedAt: Date | null;
  /** The stored instant of redaction. */
  redactedAt: Date | null;
  /** The instant that everyone sees, by policy too; null also where nobody asked. */
  visiblyRedactedAt: Date | null;
}

/** What a line, or an update, says of a message that is there. */
export type Retelling = Pick<MessageDraft, 'status' | 'body' | 'segmentCount' | 'editedAt' | 'deletedAt' | 'redactedAt'>;

/** What a line changes of a message; a null leaves things as they are. */
export interface Change {
  id: string;
  status: MessageDraft['status'];
  edit: Pick<MessageDraft, 'body' | 'segmentCount' | 'editedAt'> | null;
  deletedAt: string | null;
  redactedAt: string | null;
}

const rank = { QUEUED: 0, SENDING: 1, SENT: 2, DELIVERED: 3, UNDELIVERED: 3, FAILED: 3 };

/** Status forward, a later edit of what is still there, deletion and redaction once. @returns null where nothing changes */
export function changeOf(stored: StoredMessage, line: Retelling): Change | null {
  const change = {
    id: stored.id,
    status: isForward(stored.status, line.status) ? line.status : null,
    edit: isLaterEdit(stored, line) ? line : null,
    deletedAt: stored.deletedAt === null ? line.deletedAt : null,
    redactedAt: redactionOf(stored, line),
  };
  return (change.status ?? change.edit ?? change.deletedAt ?? change.redactedAt) ? change : null;
}

function isForward(before: MessageDraft['status'], after: MessageDraft['status']): boolean {
  return before !== null && after !== null && rank[after] > rank[before];
}

function isLaterEdit({ editedAt, deletedAt, visiblyRedactedAt }: StoredMessage, line: Retelling): boolean {
  if (line.editedAt === null || deletedAt !== null || visiblyRedactedAt !== null) return false;
  return editedAt === null || new Date(line.editedAt) > editedAt;
}

/** A policy that came first keeps its instant. */
function redactionOf({ redactedAt, visiblyRedactedAt }: StoredMessage, line: Retelling): string | null {
  if (redactedAt !== null || line.redactedAt === null) return null;
  return visiblyRedactedAt?.toISOString() ?? line.redactedAt;
}

/** The message as it is after a change, for the next one to be compared with. */
export function changedBy(stored: StoredMessage, { status, edit, deletedAt, redactedAt }: Change): StoredMessage {
  return {
    ...stored,
    status: status ?? stored.status,
    editedAt: dateOf(edit?.editedAt) ?? stored.editedAt,
    deletedAt: dateOf(deletedAt) ?? stored.deletedAt,
    redactedAt: dateOf(redactedAt) ?? stored.redactedAt,
    visiblyRedactedAt: stored.visiblyRedactedAt ?? dateOf(redactedAt),
  };
}

/** Two changes as one. */
export function both(first: Change, second: Change): Change {
  return {
    id: first.id,
    status: second.status ?? first.status,
    edit: second.edit ?? first.edit,
    deletedAt: second.deletedAt ?? first.deletedAt,
    redactedAt: second.redactedAt ?? first.redactedAt,
  };
}

function dateOf(text: string | null | undefined): Date | null {
  return text == null ? null : new Date(text);
}

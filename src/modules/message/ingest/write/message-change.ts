import type { MessageDraft } from '../read/message-draft.ts';
import type { NewValues } from '../read/update-draft.ts';

export interface StoredMessage {
  id: string;
  status: MessageDraft['status'];
  editedAt: Date | null;
  deletedAt: Date | null;
  /** The stored time of redaction. */
  redactedAt: Date | null;
  /** The time of redaction that viewers see, also that of the retention policy. It is null too if no line of the batch needs it. */
  visiblyRedactedAt: Date | null;
}

/** The changes of a stored message; null: unchanged. */
export interface Change {
  id: string;
  status: MessageDraft['status'];
  edit: Omit<NewValues, 'status' | 'deletedAt' | 'redactedAt'> | null;
  deletedAt: string | null;
  redactedAt: string | null;
}

const rank = { QUEUED: 0, SENDING: 1, SENT: 2, DELIVERED: 3, UNDELIVERED: 3, FAILED: 3 };

/**
 * Returns the change that a line or update makes: a status that comes later, a later edit of content that is not deleted or redacted, the first deletion, and the
 * first redaction. Null: no change.
 */
export function findChange(stored: StoredMessage, values: NewValues): Change | null {
  const change = {
    id: stored.id,
    status: isForward(stored.status, values.status) ? values.status : null,
    edit: isLaterEdit(stored, values) ? values : null,
    deletedAt: stored.deletedAt === null ? values.deletedAt : null,
    redactedAt: newRedaction(stored, values),
  };
  return (change.status ?? change.edit ?? change.deletedAt ?? change.redactedAt) ? change : null;
}

function isForward(before: MessageDraft['status'], after: MessageDraft['status']): boolean {
  return before !== null && after !== null && rank[after] > rank[before];
}

function isLaterEdit({ editedAt, deletedAt, visiblyRedactedAt }: StoredMessage, values: NewValues): boolean {
  if (values.editedAt === null || deletedAt !== null || visiblyRedactedAt !== null) return false;
  return editedAt === null || new Date(values.editedAt) > editedAt;
}

/** Returns the time of a new redaction. If the retention policy redacted the message earlier, it is that time. */
function newRedaction({ redactedAt, visiblyRedactedAt }: StoredMessage, values: NewValues): string | null {
  if (redactedAt !== null || values.redactedAt === null) return null;
  return visiblyRedactedAt?.toISOString() ?? values.redactedAt;
}

/** Returns the message after a change, to compare the next line with. */
export function applyChange(stored: StoredMessage, { status, edit, deletedAt, redactedAt }: Change): StoredMessage {
  return {
    ...stored,
    status: status ?? stored.status,
    editedAt: dateOf(edit?.editedAt) ?? stored.editedAt,
    deletedAt: dateOf(deletedAt) ?? stored.deletedAt,
    redactedAt: dateOf(redactedAt) ?? stored.redactedAt,
    visiblyRedactedAt: stored.visiblyRedactedAt ?? dateOf(redactedAt),
  };
}

/** Returns two changes of one message as one. */
export function combineChanges(first: Change, second: Change): Change {
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

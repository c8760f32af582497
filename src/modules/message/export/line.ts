import { formatInstant } from '../../../values/instant.ts';
import { messageColumnList } from '../store/message-columns.ts';
import type { ExportAgent, ExportAuthor, ExportReaction, ExportRow } from './row.ts';

/** Returns the line of the import format that records this message. Null fields are left out, but for the body, which a line must have. */
export function exportedLine(row: ExportRow): Record<string, unknown> {
  const line = present({
    ...storedValues(row),
    phoneNumber: row.phoneNumber,
    contactNumber: row.contactNumber,
    conversation:
      row.chatId === null ? null : present({ externalId: row.chatId, type: row.type.toLowerCase(), title: notBlank(row.title) }),
    attachments: row.attachments?.map(present),
    author: personOf(row.author),
    agent: agentOf(row),
    replyTo: row.replyTo,
    reactions: row.reactions?.map(reactionLine),
    consent: consentOf(row),
    metadata: row.metadata,
  });
  return { ...line, body: row.body };
}

/** The values of the table of columns: enum values in lower case, instants in RFC 3339. */
function storedValues(row: ExportRow): Record<string, unknown> {
  const values: Record<string, unknown> = {};
  for (const { field, type } of messageColumnList) {
    const value = row[field];
    const isText = type === 'text' || typeof value !== 'string';
    values[field] = value instanceof Date ? formatInstant(value) : isText ? value : value.toLowerCase();
  }
  return values;
}

function reactionLine({ type, fromNumber, direction, createdAt, author }: ExportReaction): Record<string, unknown> {
  return present({
    type,
    fromNumber,
    direction: direction.toLowerCase(),
    createdAt: formatInstant(new Date(createdAt)),
    author: personOf(author),
  });
}

/** Null unless the author is a person: a line without an author has the contact, the agent or the organization as its author. */
function personOf({ kind, externalId, firstName, lastName, title, avatarUrl, department, unit }: ExportAuthor) {
  if (kind !== 'PERSON') return null;
  return present({
    externalId,
    firstName: notBlank(firstName) ?? '',
    lastName: notBlank(lastName) ?? '',
    title: notBlank(title),
    avatarUrl,
    department: notBlank(department),
    unit: notBlank(unit),
  });
}

/** The agent of the author, else of the conversation, else of a reaction. Null if the organization is the author: the line's agent would become the author. */
function agentOf({ author, authorAgent, conversationAgent, reactions }: ExportRow): ExportAgent | null {
  if (author.kind === 'ORGANIZATION') return null;
  const agent = authorAgent ?? conversationAgent ?? reactions?.find(({ agent }) => agent !== null)?.agent ?? null;
  return agent && { ...agent, name: notBlank(agent.name) ?? notBlank(agent.externalId) ?? 'Agent' };
}

/** Null for a blank name: an earlier release recorded them, and an import refuses them. */
function notBlank(name: string | null): string | null {
  return name === null || name.trim() === '' ? null : name;
}

/** The current answer on the last line, an older one on the first. */
function consentOf({ isFirst, isLast, optedIn, optedInAt, optedOutAt }: ExportRow) {
  if (optedIn === null || !(isFirst || isLast)) return null;
  const isAnswer = isLast ? optedIn : !optedIn;
  const at = instantOf(isAnswer ? optedInAt : optedOutAt);
  return at === null ? null : { optedIn: isAnswer, at };
}

function instantOf(date: Date | null): string | null {
  return date === null ? null : formatInstant(date);
}

/** Returns the fields that are not null or undefined. */
function present(fields: object): Record<string, unknown> {
  return Object.fromEntries(Object.entries(fields).filter(([, value]) => value !== null && value !== undefined));
}

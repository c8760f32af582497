import { formatInstant } from '../../../values/instant.ts';
import type { ExportAgent, ExportAuthor, ExportReaction, ExportRow } from './row.ts';

/** The line of the import format that gives this message again. What is absent in it goes without saying. */
export function exportedLine(row: ExportRow): Record<string, unknown> {
  const line = present({
    externalId: row.externalId,
    createdAt: formatInstant(row.createdAt),
    direction: row.direction.toLowerCase(),
    phoneNumber: row.phoneNumber,
    contactNumber: row.contactNumber,
    conversation: row.chatId === null ? null : present({ externalId: row.chatId, type: row.type.toLowerCase(), title: row.title }),
    channel: row.channel.toLowerCase(),
    kind: row.kind.toLowerCase(),
    status: row.status?.toLowerCase(),
    mediaUrls: row.mediaUrls,
    segmentCount: row.segmentCount,
    attachments: row.attachments?.map(present),
    author: personOf(row.author),
    agent: agentOf(row),
    replyTo: row.replyTo,
    reactions: row.reactions?.map(reactionLine),
    editedAt: instantOf(row.editedAt),
    deletedAt: instantOf(row.deletedAt),
    redactedAt: instantOf(row.redactedAt),
    consent: consentOf(row),
    metadata: row.metadata,
  });
  return { ...line, body: row.body };
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

/** Contacts, agents and the organization are who the line says without an author. */
function personOf({ kind, externalId, firstName, lastName, title, avatarUrl, department, unit }: ExportAuthor) {
  if (kind !== 'PERSON') return null;
  return present({ externalId, firstName: firstName ?? '', lastName: lastName ?? '', title, avatarUrl, department, unit });
}

/** The author's, else the conversation's, else that of a reaction; on a line of the organization's own it would become the author. */
function agentOf({ author, authorAgent, conversationAgent, reactions }: ExportRow): ExportAgent | null {
  if (author.kind === 'ORGANIZATION') return null;
  return authorAgent ?? conversationAgent ?? reactions?.find(({ agent }) => agent !== null)?.agent ?? null;
}

/** The answer in force on the last line, an older one on the first. */
function consentOf({ isFirst, isLast, optedIn, optedInAt, optedOutAt }: ExportRow) {
  if (optedIn === null || !(isFirst || isLast)) return null;
  const isAnswer = isLast ? optedIn : !optedIn;
  const at = instantOf(isAnswer ? optedInAt : optedOutAt);
  return at === null ? null : { optedIn: isAnswer, at };
}

function instantOf(date: Date | null): string | null {
  return date === null ? null : formatInstant(date);
}

/** Without what is null or undefined. */
function present(fields: object): Record<string, unknown> {
  return Object.fromEntries(Object.entries(fields).filter(([, value]) => value !== null && value !== undefined));
}

import type { z } from 'zod';
import { Channel, MessageDirection, MessageKind, MessageStatus } from '../../../../generated/prisma/enums.ts';
import { isContactAddress, isE164 } from '../../../../values/contact-address.ts';
import { aheadProblem, parseInstant } from '../../../../values/instant.ts';
import { lengthProblem } from '../../../../values/storable-text.ts';
import { contradictions } from './contradictions.ts';
import { biggestInt4, maxExternalId } from './fields.ts';
import { lineFields, type MessageDraft, type MessageFields, maxBody, withDefaults } from './message-draft.ts';
import { byWord } from './value-forms.ts';

// A file has millions of lines, and zod takes longer for a line than JSON.parse does. So plain values are checked here, with the rules of the schema; objects and
// lists are left to their schemas. `undefined` stands for a value that the schema refuses.

const directions: ReadonlyMap<unknown, MessageDirection> = byWord(MessageDirection);
const channels: ReadonlyMap<unknown, Channel> = byWord(Channel);
const kinds: ReadonlyMap<unknown, MessageKind> = byWord(MessageKind);
const statuses: ReadonlyMap<unknown, MessageStatus> = byWord(MessageStatus);

/** Returns the draft of a valid line, as the schema of lines makes it; null if the line is invalid. The schema then names the problems. */
export function readValidLine(line: unknown): MessageDraft | null {
  if (typeof line !== 'object' || line === null || Array.isArray(line)) return null;
  for (const key in line) if (!Object.hasOwn(lineFields, key)) return null;
  const given: { readonly [Field in keyof MessageFields]?: unknown } = line;
  const message = {
    externalId: text(given.externalId, 1, maxExternalId),
    createdAt: instant(given.createdAt),
    direction: directions.get(given.direction),
    body: given.body === null ? null : text(given.body, 0, maxBody),
    phoneNumber: optional(given.phoneNumber, (value) => (typeof value === 'string' && isE164(value) ? value : undefined)),
    contactNumber: optional(given.contactNumber, (value) => (typeof value === 'string' && isContactAddress(value) ? value : undefined)),
    conversation: optional(given.conversation, (value) => bySchema(lineFields.conversation, value)),
    channel: optional(given.channel, (value) => channels.get(value)),
    kind: optional(given.kind, (value) => kinds.get(value)),
    status: optional(given.status, (value) => statuses.get(value)),
    segmentCount: optional(given.segmentCount, positiveInteger),
    mediaUrls: items(lineFields.mediaUrls, given.mediaUrls),
    attachments: items(lineFields.attachments, given.attachments),
    author: optional(given.author, (value) => bySchema(lineFields.author, value)),
    replyTo: optional(given.replyTo, (value) => text(value, 1, maxExternalId)),
    reactions: items(lineFields.reactions, given.reactions),
    editedAt: optional(given.editedAt, instant),
    deletedAt: optional(given.deletedAt, instant),
    redactedAt: optional(given.redactedAt, instant),
    agent: optional(given.agent, (value) => bySchema(lineFields.agent, value)),
    consent: optional(given.consent, (value) => bySchema(lineFields.consent, value)),
    metadata: optional(given.metadata, (value) => bySchema(lineFields.metadata, value)),
  };
  return isWhole(message) && contradictions(message).next().done ? withDefaults(message) : null;
}

function isWhole(message: { [Field in keyof MessageFields]: MessageFields[Field] | undefined }): message is MessageFields {
  return !Object.values(message).includes(undefined);
}

function optional<Value>(given: unknown, read: (value: unknown) => Value | undefined): Value | null | undefined {
  return given === undefined || given === null ? null : read(given);
}

function text(given: unknown, least: number, most: number): string | undefined {
  return typeof given === 'string' && lengthProblem(given, least, most) === null ? given : undefined;
}

function instant(given: unknown): string | undefined {
  const date = typeof given === 'string' ? parseInstant(given) : null;
  return date === null || aheadProblem(date) !== null ? undefined : date.toISOString();
}

function positiveInteger(given: unknown): number | undefined {
  return typeof given === 'number' && Number.isInteger(given) && given >= 1 && given <= biggestInt4 ? given : undefined;
}

function items<Item>(schema: z.ZodType<Item[]>, given: unknown): Item[] | undefined {
  if (given === undefined || given === null || (Array.isArray(given) && given.length === 0)) return [];
  return bySchema(schema, given);
}

function bySchema<Value>(schema: z.ZodType<Value>, given: unknown): Value | undefined {
  const result = schema.safeParse(given);
  return result.success ? result.data : undefined;
}

import { z } from 'zod';
import { metadata } from '../../../../values/metadata.ts';
import { addProblems, type Problem, problemOf } from '../../../../values/problem.ts';
import { findUnstorable } from '../../../../values/unstorable.ts';
import { maxAttachments, maxMedia } from '../../store/rows.ts';
import { contradictions } from './contradictions.ts';
import { choice, contactAddress, httpsUrl, instant, integer, list, must, optional, phoneNumber, seconds, text } from './fields.ts';
import { segmentCount } from './segment-count.ts';

const anObject = must('be an object');

const author = z.strictObject(
  {
    externalId: text(1, 200),
    firstName: text(0, 200),
    lastName: text(0, 200),
    title: optional(text(0, 200)),
    avatarUrl: optional(httpsUrl),
    department: optional(text(0, 200)),
    unit: optional(text(0, 200)),
  },
  anObject,
);

const attachment = z.strictObject(
  {
    name: text(1, 1_000),
    mime: z
      .string(must('be a media type'))
      .max(200, 'must have at most 200 characters')
      .regex(/^[\w!#$&^.+-]+\/[\w!#$&^.+-]+(\s*;.*)?$/, 'must be a media type, like image/png'),
    size: integer(0, Number.MAX_SAFE_INTEGER),
    url: httpsUrl,
    width: optional(integer(1)),
    height: optional(integer(1)),
    duration: optional(seconds),
  },
  anObject,
);

const direction = choice(['inbound', 'outbound']);

const reaction = z.strictObject(
  {
    type: text(1, 100),
    fromNumber: optional(contactAddress),
    author: optional(author),
    direction,
    createdAt: instant,
  },
  anObject,
);

const line = z
  .strictObject(
    {
      externalId: text(1, 200),
      createdAt: instant,
      direction,
      body: text(0, 10_000).nullable(),
      phoneNumber: optional(phoneNumber),
      contactNumber: optional(contactAddress),
      conversation: optional(
        z.strictObject({ externalId: text(1, 200), type: choice(['direct', 'group']), title: optional(text(0, 1_000)) }, anObject),
      ),
      channel: optional(choice(['sms', 'mms', 'imessage', 'rcs', 'whatsapp', 'chat'])),
      kind: optional(choice(['normal', 'service'])),
      status: optional(choice(['queued', 'sending', 'sent', 'delivered', 'failed', 'undelivered'])),
      segmentCount: optional(integer(1)),
      mediaUrls: list(httpsUrl, maxMedia),
      attachments: list(attachment, maxAttachments),
      author: optional(author),
      replyTo: optional(text(1, 200)),
      reactions: list(reaction),
      editedAt: optional(instant),
      deletedAt: optional(instant),
      redactedAt: optional(instant),
      agent: optional(z.strictObject({ externalId: text(1, 200), name: text(1, 200) }, anObject)),
      consent: optional(z.strictObject({ optedIn: z.boolean(must('be true or false')), at: instant }, anObject)),
      metadata: optional(metadata),
    },
    must('be a JSON object'),
  )
  .superRefine((message, context) => addProblems(contradictions(message), context))
  .transform((message) => {
    const { phoneNumber, contactNumber, conversation: chat, ...rest } = message;
    const hasMedia = message.mediaUrls.length > 0 || message.attachments.length > 0;
    return {
      ...rest,
      // Both numbers are there where there is no chat: see contradictions.
      conversation: chat ?? { type: 'PHONE' as const, phoneNumber: phoneNumber ?? '', contactNumber: contactNumber ?? '' },
      channel: message.channel ?? (chat !== null ? 'CHAT' : hasMedia ? 'MMS' : 'SMS'),
      kind: message.kind ?? 'NORMAL',
      status: message.direction === 'INBOUND' ? null : (message.status ?? 'DELIVERED'),
      segmentCount: message.segmentCount ?? segmentCount(message.body),
    };
  });

/** A line of the import format with its defaults filled in: instants as UTC ISO text, enum values in capitals, null where nothing was said. */
export type MessageDraft = z.output<typeof line>;
export type PersonDraft = z.output<typeof author>;
export type ReactionDraft = MessageDraft['reactions'][number];

/** Reads a line's JSON value. @returns the message, or every problem with the path of its field */
export function readMessageLine(value: unknown): { message: MessageDraft } | { problems: Problem[] } {
  const unstorable = findUnstorable(value);
  if (unstorable !== null) return { problems: [unstorable] };
  const result = line.safeParse(value);
  return result.success ? { message: result.data } : { problems: result.error.issues.flatMap(explain) };
}

/** Reads a reaction that comes alone, as one of a line. */
export function readIncomingReaction(value: unknown): { reaction: ReactionDraft } | { problems: Problem[] } {
  const unstorable = findUnstorable(value);
  if (unstorable !== null) return { problems: [unstorable] };
  const result = reaction.safeParse(value);
  return result.success ? { reaction: result.data } : { problems: result.error.issues.flatMap(explain) };
}

function explain(issue: z.core.$ZodIssue): Problem[] {
  if (issue.code !== 'unrecognized_keys') return [problemOf(issue)];
  return issue.keys.map((key) => ({
    code: 'INVALID',
    path: [...issue.path, key].join('.'),
    reason: 'is not a field of the import format',
  }));
}

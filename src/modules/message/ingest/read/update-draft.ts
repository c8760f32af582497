import { z } from 'zod';
import { MessageStatus } from '../../../../generated/prisma/enums.ts';
import { decodeId } from '../../../../values/ids.ts';
import { aheadProblem } from '../../../../values/instant.ts';
import { addProblems, type Problem, problemOf } from '../../../../values/problem.ts';
import { findUnstorable } from '../../../../values/unstorable.ts';
import { chatKey, phoneKey } from '../match/line.ts';
import type { Retelling } from '../write/message-change.ts';
import { contactAddress, must, optional, phoneNumber, text } from './fields.ts';
import { segmentCount } from './segment-count.ts';

/** A message by its id, or by what the outside knows of it and of its conversation. */
export type MessageTarget = { id: string } | { conversationKey: string; externalId: string };

/** What happens to a message later. */
export interface UpdateDraft {
  target: MessageTarget;
  message: Retelling;
}

const messageId = z.string().transform((value, context) => {
  const decoded = decodeId(value);
  if (decoded?.type === 'Message') return decoded.uuid;
  context.issues.push({ code: 'custom', input: value, message: 'is no Message id' });
  return z.NEVER;
});
const instant = z
  .date(must('be an instant'))
  .superRefine((date, context) => {
    const problem = aheadProblem(date);
    if (problem !== null) context.addIssue({ code: 'custom', message: problem });
  })
  .transform((date) => date.toISOString());

const update = z
  .object({
    id: optional(messageId),
    externalId: optional(text(1, 200)),
    phoneNumber: optional(phoneNumber),
    contactNumber: optional(contactAddress),
    conversationExternalId: optional(text(1, 200)),
    status: optional(z.enum(MessageStatus)),
    body: text(0, 10_000).nullable().optional(),
    editedAt: optional(instant),
    deletedAt: optional(instant),
    redactedAt: optional(instant),
  })
  .superRefine((given, context) => addProblems([...namingProblems(given), ...changeProblems(given)], context))
  .transform(({ id, externalId, phoneNumber, contactNumber, conversationExternalId: chat, body = null, ...rest }): UpdateDraft => {
    // What is not there is refused above.
    const conversationKey =
      chat === null ? phoneKey({ phoneNumber: phoneNumber ?? '', contactNumber: contactNumber ?? '' }) : chatKey({ externalId: chat });
    return {
      target: id === null ? { conversationKey, externalId: externalId ?? '' } : { id },
      message: { ...rest, body, segmentCount: segmentCount(body) },
    };
  });

type Given = Record<'id' | 'externalId' | 'phoneNumber' | 'contactNumber' | 'conversationExternalId', string | null> &
  Pick<Retelling, 'status' | 'editedAt' | 'deletedAt' | 'redactedAt'> & { body?: string | null | undefined };

function* namingProblems({ id, externalId, phoneNumber, contactNumber, conversationExternalId: chat }: Given): Generator<Problem> {
  const byPhone = phoneNumber !== null && contactNumber !== null;
  if ((id === null) === (externalId === null))
    yield { code: id === null ? 'MISSING' : 'CONTRADICTORY', path: 'id', reason: 'give either id or externalId' };
  else if (id !== null && (phoneNumber ?? contactNumber ?? chat) !== null)
    yield { code: 'CONTRADICTORY', path: 'id', reason: 'stands alone: it names the conversation, too' };
  else if (id === null && byPhone === (chat !== null))
    yield {
      code: byPhone ? 'CONTRADICTORY' : 'MISSING',
      path: 'externalId',
      reason: 'needs its conversation: either phoneNumber and contactNumber, or conversationExternalId',
    };
}

function* changeProblems({ status, body, editedAt, deletedAt, redactedAt }: Given): Generator<Problem> {
  if ((status ?? editedAt ?? deletedAt ?? redactedAt) === null && body === undefined)
    yield {
      code: 'MISSING',
      path: 'status',
      reason: 'is missing: give at least one of status, body with editedAt, deletedAt, redactedAt',
    };
  if (body !== undefined && editedAt === null)
    yield { code: 'MISSING', path: 'editedAt', reason: 'is missing: a body is an edit, and needs its instant' };
  if (body === undefined && editedAt !== null)
    yield { code: 'MISSING', path: 'body', reason: 'is missing: an edit gives the whole text, or null' };
  if (editedAt !== null && redactedAt !== null)
    yield { code: 'CONTRADICTORY', path: 'redactedAt', reason: 'must not stand beside an edit' };
}

/** Reads an update as the GraphQL types let it through. @returns the update, or every problem with the path of its field */
export function readUpdateInput(value: unknown): { message: UpdateDraft } | { problems: Problem[] } {
  const unstorable = findUnstorable(value);
  if (unstorable !== null) return { problems: [unstorable] };
  const result = update.safeParse(value);
  if (result.success) return { message: result.data };
  return { problems: result.error.issues.map(problemOf) };
}

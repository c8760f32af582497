import { z } from 'zod';
import { MessageStatus } from '../../../../generated/prisma/enums.ts';
import { decodeId } from '../../../../values/ids.ts';
import { addProblems, type Problem } from '../../../../values/problem.ts';
import type { UpdatedFields } from '../../store/message-columns.ts';
import { chatKey, phoneKey } from '../parties/conversation-key.ts';
import { contactAddress, externalId, optional, phoneNumber, text } from './fields.ts';
import { type MessageDraft, maxBody } from './message-draft.ts';
import { segmentCount } from './segment-count.ts';
import { inputForms } from './value-forms.ts';

/** A message by its id, or by its external id and its conversation. */
export type MessageTarget = { id: string } | { conversationKey: string; externalId: string };

/** The values of a draft that a stored message may take over. */
export type NewValues = UpdatedFields<MessageDraft>;

/** An update of a stored message. */
export interface UpdateDraft {
  target: MessageTarget;
  values: NewValues;
}

const messageId = z.string().transform((value, context) => {
  const decoded = decodeId(value);
  if (decoded?.type === 'Message') return decoded.uuid;
  context.issues.push({ code: 'custom', input: value, message: 'is no Message id' });
  return z.NEVER;
});

const { instant, choice } = inputForms;

export const inputUpdate = z
  .object({
    id: optional(messageId),
    externalId: optional(externalId),
    phoneNumber: optional(phoneNumber),
    contactNumber: optional(contactAddress),
    conversationExternalId: optional(externalId),
    status: optional(choice(MessageStatus)),
    body: text(0, maxBody).nullable().optional(),
    editedAt: optional(instant),
    deletedAt: optional(instant),
    redactedAt: optional(instant),
  })
  .superRefine((update, context) => addProblems([...targetProblems(update), ...changeProblems(update)], context))
  .transform(({ id, externalId, phoneNumber, contactNumber, conversationExternalId: chat, body = null, ...rest }): UpdateDraft => {
    // The problems above refuse a target with a part missing.
    const conversationKey =
      chat === null ? phoneKey({ phoneNumber: phoneNumber ?? '', contactNumber: contactNumber ?? '' }) : chatKey({ externalId: chat });
    return {
      target: id === null ? { conversationKey, externalId: externalId ?? '' } : { id },
      values: { ...rest, body, segmentCount: segmentCount(body) },
    };
  });

type UpdateFields = Record<'id' | 'externalId' | 'phoneNumber' | 'contactNumber' | 'conversationExternalId', string | null> &
  Pick<NewValues, 'status' | 'editedAt' | 'deletedAt' | 'redactedAt'> & { body?: string | null | undefined };

function* targetProblems({ id, externalId, phoneNumber, contactNumber, conversationExternalId: chat }: UpdateFields): Generator<Problem> {
  const byPhone = phoneNumber !== null && contactNumber !== null;
  if ((id === null) === (externalId === null))
    yield { code: id === null ? 'MISSING' : 'CONTRADICTORY', path: 'id', reason: 'give either id or externalId' };
  else if (id !== null && (phoneNumber ?? contactNumber ?? chat) !== null)
    yield { code: 'CONTRADICTORY', path: 'id', reason: 'must be given without a conversation' };
  else if (id === null && byPhone === (chat !== null))
    yield {
      code: byPhone ? 'CONTRADICTORY' : 'MISSING',
      path: 'externalId',
      reason: 'needs its conversation: either phoneNumber and contactNumber, or conversationExternalId',
    };
}

function* changeProblems({ status, body, editedAt, deletedAt, redactedAt }: UpdateFields): Generator<Problem> {
  if ((status ?? editedAt ?? deletedAt ?? redactedAt) === null && body === undefined)
    yield {
      code: 'MISSING',
      path: 'status',
      reason: 'is missing: give at least one of status, body with editedAt, deletedAt, redactedAt',
    };
  if (body !== undefined && editedAt === null)
    yield { code: 'MISSING', path: 'editedAt', reason: 'is missing: a new body needs the time of the edit' };
  if (body === undefined && editedAt !== null)
    yield { code: 'MISSING', path: 'body', reason: 'is missing: an edit needs the whole new text, or null' };
  if (editedAt !== null && redactedAt !== null)
    yield { code: 'CONTRADICTORY', path: 'redactedAt', reason: 'must not be given with an edit' };
}

import type { z } from 'zod';
import { badInput } from '../../../../errors.ts';
import { type Problem, problemOf } from '../../../../values/problem.ts';
import { findUnstorable } from '../../../../values/unstorable.ts';
import { inputMessage, lineMessage, type MessageDraft } from './message-draft.ts';
import { inputReaction, inputRemoval, type ReactionDraft, type RemovalDraft } from './reaction-draft.ts';
import { inputUpdate, type UpdateDraft } from './update-draft.ts';
import { readValidLine } from './valid-line.ts';

/** A draft, or every problem with the path of its field. */
export type Reading<Draft> = { draft: Draft } | { problems: Problem[] };

/** Reads the JSON value of a line of the import format. */
export function readMessageLine(line: unknown): Reading<MessageDraft> {
  return read(lineMessage, line, readValidLine);
}

/** Reads a GraphQL input, which GraphQL has already checked against its types. */
export function readMessageInput(input: { body?: string | null }): Reading<MessageDraft> {
  return read(inputMessage, { ...input, body: input.body ?? null });
}

export function readUpdateInput(input: object): Reading<UpdateDraft> {
  return read(inputUpdate, input);
}

/** @throws BAD_USER_INPUT */
export function readReactionInput(input: object): ReactionDraft {
  return required(read(inputReaction, input));
}

/** @throws BAD_USER_INPUT */
export function readRemovalInput(input: object): RemovalDraft {
  return required(read(inputRemoval, input));
}

/** @param readValid returns what the schema does for a valid value, but faster; null for an invalid one */
function read<Draft>(schema: z.ZodType<Draft>, value: unknown, readValid?: (value: unknown) => Draft | null): Reading<Draft> {
  const unstorable = findUnstorable(value);
  if (unstorable !== null) return { problems: [unstorable] };
  const draft = readValid?.(value) ?? null;
  if (draft !== null) return { draft };
  const result = schema.safeParse(value);
  return result.success ? { draft: result.data } : { problems: result.error.issues.flatMap(problemsOf) };
}

function problemsOf(issue: z.core.$ZodIssue): Problem[] {
  if (issue.code !== 'unrecognized_keys') return [problemOf(issue)];
  return issue.keys.map((key) => ({
    code: 'INVALID',
    path: [...issue.path, key].join('.'),
    reason: 'is not a field of the import format',
  }));
}

function required<Draft>(reading: Reading<Draft>): Draft {
  if ('draft' in reading) return reading.draft;
  const [problem] = reading.problems;
  throw badInput(problem?.path ?? '', problem?.reason ?? '');
}

import { z } from 'zod';
import type { ZiikMessageFragment, ZiikOwnMessageFragment } from '../../generated/graphql/graphql.ts';
import { notNull } from '../kit/present.ts';
import { author, authorExample, presentAuthor } from './author.ts';
import { file, fileExample, presentFiles, presentVoice, voice, voiceOf } from './file.ts';
import { time, unixSeconds, unixSecondsOrNull } from './time.ts';

const id = z.int();

const head = { id, type: z.enum(['normal', 'service']), conversationId: id, is_reply: z.boolean() };

const content = {
  deleted: z.boolean(),
  message: z.string(),
  date: time,
  edited_at: time.nullable(),
  reactions: z.array(z.strictObject({ id, type: z.string(), author: z.strictObject({ id, name: z.string() }), created_at: time })),
  author,
  files: z.array(file),
  voice: voice.nullable(),
};

export const message = z
  .strictObject({
    ...head,
    parent: z.strictObject({ ...head, parent: z.null(), ...content }).nullable(),
    ...content,
  })
  .meta({ id: 'Message' });

export const messageExample: z.input<typeof message> = {
  id: 1,
  type: 'normal',
  conversationId: 123,
  is_reply: false,
  parent: null,
  deleted: false,
  message: 'The quarterly numbers',
  date: fileExample.date,
  edited_at: null,
  reactions: [{ id: 1, type: 'love', author: { id: 1, name: 'John Doe' }, created_at: fileExample.date }],
  author: authorExample,
  files: [fileExample],
  voice: { id: 2, processing: false, extension: 'mp3', duration: 12.5, url: 'https://media.example/voice.mp3' },
};

/** The number of reactions that a message shows at most: the largest page of them. */
export const maxReactions = 200;
/** The same for the latest message of a listed conversation, so that the largest list stays within the cost limit of an operation. */
export const maxReactionsListed = 50;

/** Presents a message with the message that it answers as its `parent`. The parent's own `parent` is null. */
export function presentMessage(given: ZiikMessageFragment, conversationId: number): z.input<typeof message> {
  const { replyTo } = given;
  const parent = replyTo && present(replyTo, conversationId, { is_reply: replyTo.replyTo !== null, parent: null });
  return present(given, conversationId, { is_reply: replyTo !== null, parent });
}

/** Without content the schema returns no body and no files, and no reactions of a deleted message. */
function present<Reply extends { is_reply: boolean; parent: object | null }>(
  given: ZiikOwnMessageFragment,
  conversationId: number,
  reply: Reply,
) {
  const voice = voiceOf(given);
  return {
    id: given.number,
    type: given.kind === 'SERVICE' ? ('service' as const) : ('normal' as const),
    conversationId,
    ...reply,
    deleted: given.deletedAt !== null,
    message: given.body ?? '',
    date: unixSeconds(given.createdAt),
    edited_at: unixSecondsOrNull(given.editedAt),
    reactions: notNull(given.reactions).map(presentReaction),
    author: presentAuthor(given.author),
    files: presentFiles(given),
    voice: voice && presentVoice(voice),
  };
}

type Reaction = NonNullable<ZiikOwnMessageFragment['reactions']>[number];

function presentReaction({ number, type, author, createdAt }: Reaction) {
  return { id: number, type, author: { id: author.number, name: author.name }, created_at: unixSeconds(createdAt) };
}

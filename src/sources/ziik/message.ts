import { z } from 'zod';
import { maxAttachments } from '../../modules/message/store/rows.ts';
import { type ReadMessage, readMessage } from '../sync/contract.ts';
import { readItem, unixTime } from '../sync/shapes.ts';
import { authorship, type Participant, participant } from './person.ts';

const file = z.object({
  name: z.string().nullish(),
  mime: z.string().nullish(),
  size: z.number().nullish(),
  height: z.number().nullish(),
  width: z.number().nullish(),
  source: z.string(),
});

const voice = z.object({ extension: z.string().nullish(), duration: z.number(), url: z.string() });

const reaction = z.object({ type: z.string(), author: z.object({ id: z.int(), name: z.string().nullish() }), created_at: unixTime });

const messageItem = z.object({
  id: z.int(),
  type: z.string().nullish(),
  parent: z.object({ id: z.int() }).nullish(),
  deleted: z.boolean().nullish(),
  message: z.string().nullish(),
  date: unixTime,
  edited_at: unixTime.nullish(),
  reactions: z.array(reaction).nullish(),
  author: participant,
  files: z.array(file).nullish(),
  voice: voice.nullish(),
});

type Message = z.output<typeof messageItem>;

/** The conversation of a line of the import format. */
interface Chat {
  externalId: string;
  type: string;
  title: string | null;
}

/**
 * Reads a message. The API dates neither deletions nor redactions: they count from now, and a stored time never changes. It marks no redaction, but a normal
 * message without text and files is one.
 */
export function messageOf(item: unknown, conversation: Chat, people: ReadonlyMap<number, Participant>): ReadMessage {
  const read = readItem(messageItem, item);
  if ('problem' in read) return read;
  const { value: message } = read;
  const now = new Date().toISOString();
  const attachments = attachmentsOf(message);
  const isEmpty = (message.message ?? '') === '' && attachments.length === 0;
  const isRedacted = isEmpty && message.deleted !== true && message.type !== 'service';
  const id = String(message.id);
  return readMessage(id, {
    externalId: id,
    createdAt: message.date.toISOString(),
    ...authorship(message.author),
    body: isRedacted ? null : (message.message ?? ''),
    conversation,
    kind: message.type === 'service' ? 'service' : 'normal',
    attachments: attachments.slice(0, maxAttachments),
    mediaUrls: attachments.slice(maxAttachments).map(({ url }) => url),
    replyTo: message.parent == null ? null : String(message.parent.id),
    reactions: (message.reactions ?? []).map((each) => reactionOf(each, people)),
    editedAt: message.edited_at?.toISOString(),
    deletedAt: message.deleted === true ? now : null,
    redactedAt: isRedacted ? now : null,
  });
}

/** A reaction shows only the name of its author, unless that is a participant. */
function reactionOf({ type, author, created_at }: z.output<typeof reaction>, people: ReadonlyMap<number, Participant>) {
  const { direction, author: person } = authorship(people.get(author.id) ?? author);
  return { type, direction, author: person, createdAt: created_at.toISOString() };
}

/** Returns the files, and then the voice message: an audio file with a duration. */
function attachmentsOf({ files, voice }: Message) {
  const attachments = (files ?? []).map(({ name, mime, size, width, height, source }) => ({
    name: name || 'file',
    mime: mime && /^[\w!#$&^.+-]+\/[\w!#$&^.+-]+/.test(mime) ? mime : 'application/octet-stream',
    size: size ?? 0,
    url: source,
    width: width || null,
    height: height || null,
    duration: null as number | null,
  }));
  if (voice == null) return attachments;
  const name = voice.extension ? `voice.${voice.extension}` : 'voice';
  return [...attachments, { name, mime: 'audio/x-voice', size: 0, url: voice.url, width: null, height: null, duration: voice.duration }];
}

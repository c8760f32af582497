import { z } from 'zod';
import type { ZiikOwnMessageFragment } from '../../generated/graphql/graphql.ts';
import { extensionOf, fileType, mimeOf } from './media.ts';
import { formatMinute, time, unixSeconds } from './time.ts';

const id = z.int();

export const file = z
  .strictObject({
    id,
    name: z.string(),
    mime: z.string(),
    size: z.int(),
    type: z.enum(['file', 'image', 'video', 'audio']),
    extension: z.string(),
    uploaded: z.literal(true),
    processing: z.literal(false),
    height: z.int().nullable(),
    width: z.int().nullable(),
    source: z.string(),
    stream: z.null(),
    versions: z.strictObject({}),
    screenshot: z.null(),
    date: time,
    created_at: time,
    updated_at: time,
    created_formatted: z.string(),
    updated_formatted: z.string(),
  })
  .meta({ id: 'File' });

export const voice = z.strictObject({ id, processing: z.literal(false), extension: z.string(), duration: z.number(), url: z.string() });

const date = 1_777_377_601;

export const fileExample: z.input<typeof file> = {
  id: 1,
  name: 'document.pdf',
  mime: 'application/pdf',
  size: 102_400,
  type: 'file',
  extension: 'pdf',
  uploaded: true,
  processing: false,
  height: null,
  width: null,
  source: 'https://media.example/document.pdf',
  stream: null,
  versions: {},
  screenshot: null,
  date,
  created_at: date,
  updated_at: date,
  created_formatted: '2026-04-28 12:00',
  updated_formatted: '2026-04-28 12:00',
};

type Attachment = ZiikOwnMessageFragment['attachments'][number];

/** The maximum number of media of a message: the import and GraphQL refuse more. */
const mediaOfMessage = 16;

type Voice = Attachment & { duration: number };

/** Returns the first audio file with a duration; null if there is none. */
export function voiceOf({ attachments }: ZiikOwnMessageFragment): Voice | null {
  return attachments.find(isVoice) ?? null;
}

function isVoice(attachment: Attachment): attachment is Voice {
  return attachment.duration !== null && fileType(attachment.mime) === 'audio';
}

/** The file id of an attachment: even, so that it never equals a result of `mediaId`. */
function attachmentId(number: number): number {
  return 2 * number;
}

/** The file id of a media URL, which has no number of its own: odd, made of the message's number and the position of the URL. */
function mediaId(messageNumber: number, position: number): number {
  return 2 * (mediaOfMessage * messageNumber + position) + 1;
}

export function presentVoice({ number, name, mime, duration, url }: Voice) {
  return { id: attachmentId(number), processing: false as const, extension: extensionOf(name, mime), duration, url };
}

/** Presents all attachments except the voice message, then the media that are not among the attachments. */
export function presentFiles(message: ZiikOwnMessageFragment): z.input<typeof file>[] {
  const { attachments, mediaUrls, createdAt } = message;
  const voice = voiceOf(message);
  const files = attachments.filter((attachment) => attachment !== voice).map((each) => ({ ...each, id: attachmentId(each.number) }));
  const media = mediaUrls.map((url, position) => ({ ...fromUrl(url), id: mediaId(message.number, position) }));
  const others = media.filter(({ url }) => !attachments.some((attachment) => attachment.url === url));
  return [...files, ...others].map((each) => presentFile(each, createdAt));
}

type Content = Pick<Attachment, 'name' | 'mime' | 'size' | 'url' | 'width' | 'height'>;

/** Describes a media URL: its name and type are read from the URL, and its unknown size is 0. */
function fromUrl(url: string): Content {
  const name = new URL(url).pathname.split('/').at(-1) || 'media';
  return { name, mime: mimeOf(name), size: 0, url, width: null, height: null };
}

function presentFile({ id, name, mime, size, width, height, url }: Content & { id: number }, createdAt: string): z.input<typeof file> {
  return {
    id,
    name,
    mime,
    size,
    type: fileType(mime),
    extension: extensionOf(name, mime),
    uploaded: true,
    processing: false,
    height,
    width,
    source: url,
    stream: null,
    versions: {},
    screenshot: null,
    date: unixSeconds(createdAt),
    created_at: unixSeconds(createdAt),
    updated_at: unixSeconds(createdAt),
    created_formatted: formatMinute(createdAt),
    updated_formatted: formatMinute(createdAt),
  };
}

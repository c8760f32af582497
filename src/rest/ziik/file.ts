import type { z } from 'zod';
import type { ZiikOwnMessageFragment } from '../../generated/graphql/graphql.ts';
import { extensionOf, fileType, mimeOf } from './media.ts';
import type { file } from './shapes.ts';
import { formatMinute, unixSeconds } from './time.ts';

type Attachment = ZiikOwnMessageFragment['attachments'][number];

/** What a text message's media, known by their URLs alone, are numbered from: far above every attachment's own number. */
const mediaIds = 2 ** 52;
const mediaOfMessage = 2 ** 12;

type Voice = Attachment & { duration: number };

/** The first audio file that says how long it plays; null: there is none. */
export function voiceOf({ attachments }: ZiikOwnMessageFragment): Voice | null {
  return attachments.find(isVoice) ?? null;
}

function isVoice(attachment: Attachment): attachment is Voice {
  return attachment.duration !== null && fileType(attachment.mime) === 'audio';
}

export function presentVoice({ number, name, mime, duration, url }: Voice) {
  return { id: number, processing: false as const, extension: extensionOf(name, mime), duration, url };
}

/** All attachments but the voice message, then the media of a text message that no attachment stands for. */
export function presentFiles(message: ZiikOwnMessageFragment): z.input<typeof file>[] {
  const { attachments, mediaUrls, createdAt } = message;
  const voice = voiceOf(message);
  const media = mediaUrls.map((url, position) => fromUrl(url, mediaIds + message.number * mediaOfMessage + position));
  const files = [
    ...attachments.filter((attachment) => attachment !== voice),
    ...media.filter(({ url }) => !attachments.some((attachment) => attachment.url === url)),
  ];
  return files.map((file) => presentFile(file, createdAt));
}

/** Nobody said what media are: their name and type are the URL's, their size is not known and 0. */
function fromUrl(url: string, number: number): Attachment {
  const name = new URL(url).pathname.split('/').at(-1) || 'media';
  return { number, name, mime: mimeOf(name), size: 0, url, width: null, height: null, duration: null };
}

function presentFile({ number, name, mime, size, width, height, url }: Attachment, createdAt: string): z.input<typeof file> {
  return {
    id: number,
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

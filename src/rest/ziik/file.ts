import type { z } from 'zod';
import type { ZiikOwnMessageFragment } from '../../generated/graphql/graphql.ts';
import { extensionOf, fileType, mimeOf } from './media.ts';
import type { file } from './shapes.ts';
import { formatMinute, unixSeconds } from './time.ts';

type Attachment = ZiikOwnMessageFragment['attachments'][number];

/** The most media that a message has: the import and GraphQL refuse more. */
const mediaOfMessage = 16;

type Voice = Attachment & { duration: number };

/** The first audio file that says how long it plays; null: there is none. */
export function voiceOf({ attachments }: ZiikOwnMessageFragment): Voice | null {
  return attachments.find(isVoice) ?? null;
}

function isVoice(attachment: Attachment): attachment is Voice {
  return attachment.duration !== null && fileType(attachment.mime) === 'audio';
}

/** The file id of an attachment: even, so that it never equals one of `mediaId`. */
function attachmentId(number: number): number {
  return 2 * number;
}

/** The file id of a media URL, which has no number of its own: odd, from the number of its message and its position there. */
function mediaId(messageNumber: number, position: number): number {
  return 2 * (mediaOfMessage * messageNumber + position) + 1;
}

export function presentVoice({ number, name, mime, duration, url }: Voice) {
  return { id: attachmentId(number), processing: false as const, extension: extensionOf(name, mime), duration, url };
}

/** All attachments but the voice message, then the media that are not among the attachments. */
export function presentFiles(message: ZiikOwnMessageFragment): z.input<typeof file>[] {
  const { attachments, mediaUrls, createdAt } = message;
  const voice = voiceOf(message);
  const files = attachments.filter((attachment) => attachment !== voice).map((each) => ({ ...each, id: attachmentId(each.number) }));
  const media = mediaUrls.map((url, position) => ({ ...fromUrl(url), id: mediaId(message.number, position) }));
  const others = media.filter(({ url }) => !attachments.some((attachment) => attachment.url === url));
  return [...files, ...others].map((each) => presentFile(each, createdAt));
}

type Content = Pick<Attachment, 'name' | 'mime' | 'size' | 'url' | 'width' | 'height'>;

/** Media come without a description: their name and type are read from the URL, their size is unknown and given as 0. */
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

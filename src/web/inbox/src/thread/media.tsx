import { graphql, useFragment } from 'react-relay';
import type { media_message$key } from './__generated__/media_message.graphql.ts';

/** The media and files of a message, as links. The page loads nothing of other hosts by itself: they would be notified of the reader. */
export function Media({ message }: { message: media_message$key }) {
  const { mediaUrls, attachments } = useFragment(
    graphql`
      fragment media_message on Message {
        mediaUrls
        attachments { id name mime size duration url }
      }
    `,
    message,
  );
  if (mediaUrls.length + attachments.length === 0) return null;
  return (
    <ul className="media">
      {mediaUrls.map((url) => (
        <File key={url} url={url} name={nameIn(url)} kind={`Media on ${new URL(url).host}`} />
      ))}
      {attachments.map(({ id, url, name, mime, size, duration }) => (
        <File
          key={id}
          url={url}
          name={name}
          kind={[mime, sizeOf(size), duration && `${Math.round(duration)} s`].filter(Boolean).join(' · ')}
        />
      ))}
    </ul>
  );
}

function File({ url, name, kind }: { url: string; name: string; kind: string }) {
  return (
    <li>
      <a href={url} target="_blank" rel="noreferrer noopener">
        <span className="file-name">{name}</span>
        <span className="file-kind">{kind}</span>
      </a>
    </li>
  );
}

function nameIn(url: string): string {
  const last = new URL(url).pathname.split('/').at(-1) ?? '';
  try {
    return decodeURIComponent(last) || 'Media';
  } catch {
    return last;
  }
}

function sizeOf(bytes: number): string {
  const units = ['B', 'kB', 'MB', 'GB'];
  const power = bytes < 1000 ? 0 : Math.min(Math.floor(Math.log10(bytes) / 3), units.length - 1);
  return `${(bytes / 1000 ** power).toLocaleString(undefined, { maximumFractionDigits: 1 })} ${units[power]}`;
}

/** A part of a text, in UTF-16 code units. */
export interface Mark {
  readonly offset: number;
  readonly length: number;
}

/** The body of a message, with its links and with the parts that a search matched. */
export function Text({ body, marks }: { body: string; marks: readonly Mark[] }) {
  return (
    <p className="text" dir="auto">
      {linksIn(body).map(({ offset, length, href }) =>
        href === null ? (
          <Marked key={offset} body={body} marks={marks} from={offset} to={offset + length} />
        ) : (
          <a key={offset} dir="ltr" href={href} target="_blank" rel="noreferrer noopener">
            <Marked body={body} marks={marks} from={offset} to={offset + length} />
          </a>
        ),
      )}
    </p>
  );
}

interface Part {
  body: string;
  marks: readonly Mark[];
  from: number;
  to: number;
}

/** A part of a body; the marked parts of it are `mark` elements. */
export function Marked({ body, marks, from, to }: Part) {
  const inside = marks
    .map(({ offset, length }) => ({ start: Math.max(offset, from), end: Math.min(offset + length, to) }))
    .filter(({ start, end }) => start < end);
  return (
    <>
      {inside.map(({ start, end }, index) => (
        <span key={start}>
          {body.slice(inside[index - 1]?.end ?? from, start)}
          <mark>{body.slice(start, end)}</mark>
        </span>
      ))}
      {body.slice(inside.at(-1)?.end ?? from, to)}
    </>
  );
}

/** Splits a text into links and the parts between them. */
function linksIn(body: string): (Mark & { href: string | null })[] {
  const parts: (Mark & { href: string | null })[] = [];
  let end = 0;
  for (const { 0: link, index } of body.matchAll(/\bhttps?:\/\/[^\s<>"]*[^\s<>"'.,;:!?)\]}]/giu)) {
    if (index > end) parts.push({ offset: end, length: index - end, href: null });
    parts.push({ offset: index, length: link.length, href: link });
    end = index + link.length;
  }
  if (end < body.length) parts.push({ offset: end, length: body.length - end, href: null });
  return parts;
}

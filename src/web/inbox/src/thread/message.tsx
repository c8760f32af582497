import { useEffect, useRef } from 'react';
import { graphql, useFragment } from 'react-relay';
import { channelNames } from '../shared/channels.ts';
import { instantOf, timeOf } from '../shared/times.ts';
import type { message_message$key } from './__generated__/message_message.graphql.ts';
import { Media } from './media.tsx';
import { Quote } from './quote.tsx';
import { Reactions } from './reactions.tsx';
import { type Mark, Text } from './text.tsx';
import { useRedacted } from './use-redacted.ts';

interface Props {
  message: message_message$key;
  /** True if the message before it has the same author, so that it needs no name. */
  continues: boolean;
  showsAuthor: boolean;
  /** The parts that matched the search if the thread was opened at this message; else null. */
  marks: readonly Mark[] | null;
  /** The position in the thread, from 1; undefined if it is unknown. */
  position: number | undefined;
}

/** A message with all that belongs to it. */
export function Message({ message, continues, showsAuthor, marks, position }: Props) {
  const data = useFragment(
    graphql`
      fragment message_message on Message {
        id
        kind
        direction
        channel
        status
        createdAt
        editedAt
        body
        author { name }
        replyTo { ...quote_message }
        ...reactions_message
        ...media_message
        ...useRedacted_message
      }
    `,
    message,
  );
  const element = useRef<HTMLElement>(null);
  const isTarget = marks !== null;
  useEffect(() => {
    if (isTarget) element.current?.focus({ preventScroll: true });
  }, [isTarget]);

  const removed = useRedacted(data);
  if (data.kind === 'SERVICE') return <p className="service">{removed ?? data.body}</p>;
  const outbound = data.direction === 'OUTBOUND';
  const classes = ['message', outbound ? 'outbound' : 'inbound', continues && 'continues', isTarget && 'target'];
  return (
    <article
      ref={element}
      className={classes.filter(Boolean).join(' ')}
      tabIndex={-1}
      aria-label={`${data.author.name}, ${instantOf(data.createdAt)}`}
      aria-posinset={position}
      aria-setsize={-1}
    >
      {(showsAuthor || outbound) && !continues && <p className="author">{data.author.name}</p>}
      <div className="bubble">
        {data.replyTo != null && <Quote message={data.replyTo} />}
        {removed !== null ? <p className="removed">{removed}</p> : <Text body={data.body ?? ''} marks={marks ?? []} />}
        {removed === null && <Media message={data} />}
      </div>
      <Reactions message={data} />
      <p className="meta">
        <time dateTime={data.createdAt} title={instantOf(data.createdAt)}>
          {timeOf(data.createdAt)}
        </time>
        {data.editedAt != null && <span title={instantOf(data.editedAt)}>edited</span>}
        <span>{channelNames[data.channel]}</span>
        {outbound && data.status != null && <span className={`status-${data.status.toLowerCase()}`}>{data.status.toLowerCase()}</span>}
      </p>
    </article>
  );
}

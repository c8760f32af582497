import { useVirtualizer } from '@tanstack/react-virtual';
import { useEffect, useLayoutEffect, useRef } from 'react';
import { graphql, usePaginationFragment } from 'react-relay';
import { go } from '../shared/address.ts';
import { dayOf } from '../shared/times.ts';
import type { messages_conversation$key } from './__generated__/messages_conversation.graphql.ts';
import type { messagesPageQuery } from './__generated__/messagesPageQuery.graphql.ts';
import { Message } from './message.tsx';
import type { Mark } from './text.tsx';

interface Props {
  conversation: messages_conversation$key;
  /** Global id of the message that the thread is opened at; null: the end. */
  target: string | null;
  /** The parts of the target's body that matched the search. */
  marks: readonly Mark[];
}

const pageSize = 200;
/** More messages are loaded while fewer than this many lie beyond the edge of the window. */
const margin = 100;

/** The messages in their order, of which only those in the window are elements. Older and later pages load as one scrolls. */
export function Messages({ conversation, target, marks }: Props) {
  const { data, hasPrevious, hasNext, loadPrevious, loadNext, isLoadingPrevious, isLoadingNext } = usePaginationFragment<
    messagesPageQuery,
    messages_conversation$key
  >(
    graphql`
      fragment messages_conversation on Conversation
      @refetchable(queryName: "messagesPageQuery")
      @argumentDefinitions(
        first: { type: "Int" }
        after: { type: "String" }
        last: { type: "Int" }
        before: { type: "String" }
        around: { type: "ID" }
      ) {
        type
        unreadCount
        readThrough
        messages(first: $first, after: $after, last: $last, before: $before, around: $around)
          @connection(key: "messages_messages", filters: []) {
          edges {
            node { id createdAt createdAtRank direction author { id } ...message_message }
          }
        }
      }
    `,
    conversation,
  );
  const nodes = (data.messages?.edges ?? []).map(({ node }) => node).filter((node) => node != null);
  const scroller = useRef<HTMLDivElement>(null);
  const virtualizer = useVirtualizer({
    count: nodes.length,
    getScrollElement: () => scroller.current,
    getItemKey: (index) => nodes[index]?.id ?? index,
    estimateSize: () => 64,
    overscan: 10,
    paddingStart: 16,
    paddingEnd: 16,
    // Older messages load above the window without moving it. At the end, the window follows new messages.
    anchorTo: 'end',
    followOnAppend: true,
    scrollEndThreshold: 80,
  });

  const opensAt = target === null ? -1 : nodes.findIndex(({ id }) => id === target);
  const open = useRef(() => {
    if (opensAt >= 0) virtualizer.scrollToIndex(opensAt, { align: 'center' });
    else virtualizer.scrollToEnd();
  });
  useLayoutEffect(() => open.current(), []);

  // A window that becomes smaller, or a panel that opens, leaves the newest message in view.
  const isAtEnd = useRef(target === null);
  useEffect(() => {
    if (scroller.current === null) return;
    const observer = new ResizeObserver(() => isAtEnd.current && virtualizer.scrollToEnd());
    observer.observe(scroller.current);
    return () => observer.disconnect();
  }, [virtualizer]);

  const items = virtualizer.getVirtualItems();
  const first = items[0]?.index ?? 0;
  const last = items.at(-1)?.index ?? 0;
  useEffect(() => {
    if (first < margin && hasPrevious && !isLoadingPrevious) loadPrevious(pageSize);
    if (last >= nodes.length - margin && hasNext && !isLoadingNext) loadNext(pageSize);
  }, [first, last, nodes.length, hasPrevious, hasNext, isLoadingPrevious, isLoadingNext, loadPrevious, loadNext]);

  const unreadFrom = data.unreadCount === 0 ? -1 : nodes.findIndex((node) => isUnread(node, data.readThrough ?? null));
  if (nodes.length === 0) return <p className="empty">This conversation has no messages.</p>;
  return (
    <div className="thread-body">
      <div
        ref={scroller}
        className="messages"
        onScroll={() => {
          isAtEnd.current = virtualizer.isAtEnd();
        }}
        role="feed"
        aria-label="Messages"
        aria-busy={isLoadingPrevious || isLoadingNext}
        // biome-ignore lint/a11y/noNoninteractiveTabindex: people scroll it with the keyboard
        tabIndex={0}
      >
        <div className="track" style={{ height: virtualizer.getTotalSize() }}>
          {items.map(({ key, index, start }) => {
            const node = nodes[index];
            const before = nodes[index - 1];
            if (node === undefined) return null;
            const isNewDay = before === undefined ? !hasPrevious : dayOf(before.createdAt) !== dayOf(node.createdAt);
            const continues = !isNewDay && index !== unreadFrom && before?.author.id === node.author.id;
            return (
              <div
                key={key}
                ref={virtualizer.measureElement}
                data-index={index}
                className="item"
                style={{ transform: `translateY(${start}px)` }}
              >
                {isNewDay && <p className="day">{dayOf(node.createdAt)}</p>}
                {index === unreadFrom && hasReachedUnread(index, hasPrevious) && <p className="unread-line">New messages</p>}
                <Message
                  message={node}
                  continues={continues}
                  showsAuthor={data.type === 'GROUP'}
                  marks={node.id === target ? marks : null}
                  position={hasPrevious ? undefined : index + 1}
                />
              </div>
            );
          })}
        </div>
      </div>
      {(hasNext || !virtualizer.isAtEnd(400)) && (
        <button
          type="button"
          className="to-end"
          onClick={() => (hasNext ? go({ message: '' }) : virtualizer.scrollToEnd({ behavior: 'smooth' }))}
        >
          Newest messages ↓
        </button>
      )}
    </div>
  );
}

function isUnread({ direction, createdAt }: { direction: string; createdAt: string }, readThrough: string | null): boolean {
  return direction === 'INBOUND' && (readThrough === null || Date.parse(createdAt) > Date.parse(readThrough));
}

/** The first unread message of the loaded part is the first of all if an older, read one is loaded too, or nothing older exists. */
function hasReachedUnread(index: number, hasPrevious: boolean): boolean {
  return index > 0 || !hasPrevious;
}

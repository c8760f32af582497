import { useDeferredValue, useMemo, useState } from 'react';
import { graphql, useLazyLoadQuery } from 'react-relay';
import type { inboxQuery } from './__generated__/inboxQuery.graphql.ts';
import { filterOf } from './conversations/filter.ts';
import { Filters } from './conversations/filters.tsx';
import { ConversationList } from './conversations/list.tsx';
import { Scopes } from './key/scopes.ts';
import { Announcer } from './live/announcer.tsx';
import { TypingProvider } from './live/typing.tsx';
import { type Change, useLive } from './live/use-live.ts';
import { useNews } from './live/use-news.ts';
import { useRetention } from './live/use-retention.ts';
import { Results } from './search/results.tsx';
import { SearchBox } from './search/search-box.tsx';
import { useAddress } from './shared/address.ts';
import { Brand } from './shared/brand.tsx';
import { Part } from './shared/part.tsx';
import { Details } from './thread/details.tsx';
import { Thread } from './thread/thread.tsx';

/** The list of conversations on the left, the open thread on the right. */
export function Inbox({ onLeave }: { onLeave: () => void }) {
  // The cursor is read before any list is: every change after it arrives live.
  const query = useLazyLoadQuery<inboxQuery>(
    graphql`
      query inboxQuery {
        changes(first: 1) { latestCursor }
        viewer { scopes organization { name } }
        ...filters_query
      }
    `,
    {},
    { fetchPolicy: 'network-only' },
  );
  const [address] = useAddress();
  const [heard, setHeard] = useState<Change['message'] | null>(null);
  const [news, notify] = useNews();
  const cursor = query.changes?.latestCursor ?? '';
  useRetention(cursor);
  const state = useLive(cursor, (change) => {
    if (change.changeKind === 'MESSAGE_RECORDED' && change.conversationId === address.conversation) setHeard(change.message);
    notify();
  });
  // Only the gateway knows which conversations a filter matches: its list is loaded again.
  const shown = useDeferredValue(address);
  const filter = useMemo(() => filterOf(shown), [shown]);
  const version = useDeferredValue(filter === null ? 0 : news);
  const search = shown.search?.trim() ?? '';
  const { conversation = '', message = null } = address;

  return (
    <Scopes value={query.viewer.scopes}>
      <TypingProvider>
        <div className={`inbox${conversation ? ' has-thread' : ''}${address.details ? ' has-details' : ''}`}>
          <main className="panes">
            <div className="sidebar">
              <header className="sidebar-header">
                <Brand />
                <a href="/inbox/stats">Statistics</a>
                <button type="button" onClick={onLeave}>
                  Change key
                </button>
                <h1 dir="auto">{query.viewer.organization.name}</h1>
                <p className={`live live-${state}`} role="status">
                  {state === 'live' ? 'Live' : 'Connecting…'}
                </p>
              </header>
              <SearchBox />
              {search === '' ? (
                <>
                  <Filters query={query} />
                  <Part>{(attempt) => <ConversationList filter={filter} fetchKey={`${attempt} ${version}`} />}</Part>
                </>
              ) : (
                <Part key={search}>{(attempt) => <Results search={search} fetchKey={`${attempt}`} />}</Part>
              )}
            </div>
            <section className="thread" aria-label="Thread">
              {conversation === '' ? (
                <p className="empty">Choose a conversation.</p>
              ) : (
                <Part key={`${conversation} ${message}`}>
                  {(attempt) => <Thread id={conversation} around={message} search={search} fetchKey={`${attempt}`} />}
                </Part>
              )}
            </section>
          </main>
          {conversation !== '' && address.details && (
            <aside id="details" className="details" aria-label="Details">
              <Part key={conversation}>{(attempt) => <Details id={conversation} fetchKey={`${attempt}`} />}</Part>
            </aside>
          )}
        </div>
        <Announcer message={heard ?? null} />
      </TypingProvider>
    </Scopes>
  );
}

import { type ReactNode, Suspense, useMemo } from 'react';
import { RelayEnvironmentProvider } from 'react-relay';
import { Inbox } from './inbox.tsx';
import { KeyForm } from './key/key-form.tsx';
import { useKey } from './key/stored-key.ts';
import { environmentOf } from './relay/environment.ts';
import { Failure } from './relay/failure.ts';
import { Brand } from './shared/brand.tsx';
import { FailureBoundary } from './shared/failure-boundary.tsx';
import { Problem } from './shared/problem.tsx';
import { Stats } from './stats/stats.tsx';

const Page = location.pathname === '/inbox/stats' ? Stats : Inbox;

/** The page: a form for the key, then the inbox or the statistics with it. */
export function App() {
  const [key, setKey] = useKey();
  const leave = () => {
    // The address names conversations, numbers and a search of this key.
    history.replaceState(null, '', location.pathname);
    setKey(null);
  };
  if (key === null) return <KeyForm onKey={setKey} />;
  const show = (error: Error, retry: () => void): ReactNode =>
    error instanceof Failure && error.needsKey ? (
      <KeyForm
        problem="The gateway does not accept this key: it is wrong, revoked or expired."
        onKey={(next) => {
          setKey(next);
          retry();
        }}
      />
    ) : (
      <main className="key-page">
        <Brand />
        <h1>Inbox</h1>
        <Problem error={error} onRetry={retry} />
        <button type="button" onClick={leave}>
          Use another key
        </button>
      </main>
    );
  return (
    <FailureBoundary key={key} show={show}>
      {(attempt) => <Session key={attempt} secret={key} onLeave={leave} />}
    </FailureBoundary>
  );
}

/** Everything that one key shows. A new session begins with an empty store. */
function Session({ secret, onLeave }: { secret: string; onLeave: () => void }) {
  const environment = useMemo(() => environmentOf(secret), [secret]);
  return (
    <RelayEnvironmentProvider environment={environment}>
      <Suspense
        fallback={
          <p className="loading" role="status">
            Loading…
          </p>
        }
      >
        <Page onLeave={onLeave} />
      </Suspense>
    </RelayEnvironmentProvider>
  );
}

import { type ReactNode, Suspense } from 'react';
import { FailureBoundary } from './failure-boundary.tsx';
import { Problem } from './problem.tsx';

/** A part of the page that loads and fails by itself. */
export function Part({ children }: { children: (attempt: number) => ReactNode }) {
  return (
    <FailureBoundary passesKeys show={(error, retry) => <Problem error={error} onRetry={retry} />}>
      {(attempt) => (
        <Suspense
          fallback={
            <p className="loading" role="status">
              Loading…
            </p>
          }
        >
          {children(attempt)}
        </Suspense>
      )}
    </FailureBoundary>
  );
}

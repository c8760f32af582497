import { Failure } from '../relay/failure.ts';

/** Advice for codes of the gateway that a person can do something about. */
const advice: Record<string, string> = {
  FORBIDDEN: 'Use a key with this scope, or let the operator trust the inbox’s operations.',
  RATE_LIMITED: 'The key’s budget is used up. Wait a minute, then try again.',
};

/** A problem in place of a part of the page. */
export function Problem({ error, onRetry }: { error: Error; onRetry: () => void }) {
  const code = error instanceof Failure ? error.code : null;
  return (
    <div role="alert" className="problem">
      <p>{error.message}</p>
      {code !== null && advice[code] !== undefined && <p>{advice[code]}</p>}
      <button type="button" onClick={onRetry}>
        Try again
      </button>
    </div>
  );
}

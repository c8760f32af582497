import { Failure } from '../relay/failure.ts';

/** `live`: each event arrives. `waiting`: the stream is being opened. */
export type StreamState = 'live' | 'waiting';

interface Handlers {
  onOpen: () => void;
  onError: (error: Error) => void;
  onCompleted: () => void;
}

interface Stream {
  /** Opens the stream where the last one ended. */
  open: (handlers: Handlers) => { dispose: () => void };
  onState: (state: StreamState) => void;
  /** Called with a failure that a new attempt does not repair. */
  onFailure: (failure: Failure) => void;
}

/**
 * Keeps a stream open while the page is visible: browsers open only six connections to a host, so hidden tabs close theirs. After a break it waits, at most half a
 * minute, and opens the stream again.
 * @returns stops it
 */
export function keepOpen({ open, onState, onFailure }: Stream): () => void {
  let failures = 0;
  let timer: ReturnType<typeof setTimeout> | undefined;
  let current: { dispose: () => void } | null = null;

  function close(): void {
    clearTimeout(timer);
    current?.dispose();
    current = null;
    onState('waiting');
  }

  function again(error: Error | null): void {
    close();
    if (error instanceof Failure && error.code !== null && error.code !== 'RATE_LIMITED') {
      onFailure(error);
      return;
    }
    timer = setTimeout(connect, Math.min(500 * 2 ** failures, 30_000));
    failures += 1;
  }

  function connect(): void {
    close();
    const onOpen = () => {
      failures = 0;
      onState('live');
    };
    current = open({ onOpen, onError: again, onCompleted: () => again(null) });
  }

  const follow = () => (document.visibilityState === 'visible' ? connect() : close());
  follow();
  document.addEventListener('visibilitychange', follow);
  addEventListener('online', follow);
  return () => {
    document.removeEventListener('visibilitychange', follow);
    removeEventListener('online', follow);
    close();
  };
}

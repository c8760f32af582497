import { Environment, Network, Observable, RecordSource, Store } from 'relay-runtime';
import { results } from './results.ts';

/** Returns Relay's environment for one key: its store never shows data of another key. */
export function environmentOf(key: string): Environment {
  return new Environment({
    network: Network.create(
      async (operation, variables) => {
        for await (const result of results({ key, operation, variables })) return result;
        throw new Error(`${operation.name} has no result`);
      },
      (operation, variables, { metadata }) =>
        Observable.create((sink) => {
          const abort = new AbortController();
          const read = async () => {
            const onOpen = metadata?.onOpen as (() => void) | undefined;
            for await (const result of results({ key, operation, variables, signal: abort.signal, onOpen })) sink.next(result);
          };
          read().then(sink.complete, (error: Error) => {
            if (!abort.signal.aborted) sink.error(error);
          });
          return () => abort.abort();
        }),
    ),
    store: new Store(new RecordSource(), { gcReleaseBufferSize: 20 }),
  });
}

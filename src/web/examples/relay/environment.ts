import { createClient } from 'graphql-sse';
import { Environment, type GraphQLResponse, Network, Observable, RecordSource, Store } from 'relay-runtime';

/** Creates Relay's environment for a gateway. `url`: such as http://localhost:4000/graphql. */
export function parleyEnvironment(url: string, key: string): Environment {
  const headers = { authorization: `Bearer ${key}` };
  const live = createClient({ url, headers });
  return new Environment({
    store: new Store(new RecordSource()),
    network: Network.create(
      async ({ text }, variables) => {
        const body = JSON.stringify({ query: text, variables });
        const response = await fetch(url, { method: 'POST', headers: { ...headers, 'content-type': 'application/json' }, body });
        return (await response.json()) as GraphQLResponse;
      },
      ({ text, name }, variables) =>
        Observable.create((sink) =>
          live.subscribe(
            { query: text ?? '', operationName: name, variables },
            { next: (result) => sink.next(result as GraphQLResponse), error: (error) => sink.error(error as Error), complete: sink.complete },
          ),
        ),
    ),
  });
}

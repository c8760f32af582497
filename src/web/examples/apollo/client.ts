import { ApolloClient, ApolloLink, HttpLink, InMemoryCache } from '@apollo/client';
import { relayStylePagination } from '@apollo/client/utilities';
import { OperationTypeNode, print } from 'graphql';
import { createClient } from 'graphql-sse';
import { Observable } from 'rxjs';

/** Creates a client of a gateway. `url`: such as http://localhost:4000/graphql. */
export function parleyClient(url: string, key: string): ApolloClient {
  const headers = { authorization: `Bearer ${key}` };
  const live = createClient({ url, headers });
  const events = new ApolloLink(
    ({ query, variables, operationName }) =>
      new Observable((sink) =>
        live.subscribe<ApolloLink.Result>(
          { query: print(query), variables, operationName },
          { next: (result) => sink.next(result as ApolloLink.Result), error: (error) => sink.error(error), complete: () => sink.complete() },
        ),
      ),
  );
  return new ApolloClient({
    link: ApolloLink.split(({ operationType }) => operationType === OperationTypeNode.SUBSCRIPTION, events, new HttpLink({ uri: url, headers })),
    cache: new InMemoryCache({
      typePolicies: {
        Query: { fields: { conversations: relayStylePagination(['filter', 'orderBy']) } },
        Conversation: { fields: { messages: relayStylePagination(['filter', 'orderBy', 'around']) } },
      },
    }),
  });
}

import type { TypedDocumentNode } from '@graphql-typed-document-node/core';
import { print } from 'graphql';

/** A client over `fetch`, which is all that one needs: what goes in and comes out is what the document says. */
export function graphqlClient(url: string, key: string, fetch = globalThis.fetch) {
  return async <Data, Variables>(document: TypedDocumentNode<Data, Variables>, variables: Variables): Promise<Data> => {
    const headers = { 'content-type': 'application/json', authorization: `Bearer ${key}` };
    const body = JSON.stringify({ query: print(document), variables });
    const { data, errors } = await (await fetch(url, { method: 'POST', headers, body })).json();
    if (errors) throw new Error(errors[0].message, { cause: errors });
    return data;
  };
}

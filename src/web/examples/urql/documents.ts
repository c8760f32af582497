import { gql, type TypedDocumentNode } from '@urql/core';

export interface Edge {
  cursor: string;
  node: { id: string; body: string | null };
}

export interface Thread {
  conversation: { id: string; messages: { edges: Edge[]; pageInfo: { hasPreviousPage: boolean; startCursor: string | null } } } | null;
}

export interface Arrived {
  messageRecorded: { cursor: string; messageEdge: Edge | null };
}

export const threadQuery: TypedDocumentNode<Thread, { id: string; last: number; before?: string | null }> = gql`
  query Thread($id: ID!, $last: Int!, $before: String) {
    conversation(id: $id) {
      id
      messages(last: $last, before: $before) {
        edges { cursor node { id body } }
        pageInfo { hasPreviousPage hasNextPage startCursor endCursor }
      }
    }
  }
`;

export const arrivedSubscription: TypedDocumentNode<Arrived, { id: string; after: string }> = gql`
  subscription Arrived($id: ID!, $after: String) {
    messageRecorded(conversationId: $id, after: $after) { cursor messageEdge { cursor node { id body } } }
  }
`;

export const latestQuery: TypedDocumentNode<{ changes: { latestCursor: string } }> = gql`
  query Latest { changes(first: 1) { latestCursor } }
`;

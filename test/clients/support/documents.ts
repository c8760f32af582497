// The operations of an inbox and of a thread, and what they answer, for clients that read documents from text.

export interface PageInfo {
  hasNextPage: boolean;
  hasPreviousPage: boolean;
  startCursor: string | null;
  endCursor: string | null;
}

export interface MessageEdge {
  cursor: string;
  node: { id: string; body: string | null };
}

export interface ThreadData {
  conversation: { id: string; messages: { edges: MessageEdge[]; pageInfo: PageInfo } | null } | null;
}

export interface ThreadVariables {
  id: string;
  first?: number;
  after?: string | null;
  last?: number;
  before?: string | null;
  around?: string;
}

export const thread = `
  query Thread($id: ID!, $first: Int, $after: String, $last: Int, $before: String, $around: ID) {
    conversation(id: $id) {
      id
      messages(first: $first, after: $after, last: $last, before: $before, around: $around) {
        edges { cursor node { id body } }
        pageInfo { hasNextPage hasPreviousPage startCursor endCursor }
      }
    }
  }
`;

export interface InboxData {
  conversations: { edges: { cursor: string; node: { id: string; contactNumber: string } }[]; pageInfo: PageInfo } | null;
}

export interface InboxVariables {
  first: number;
  after?: string | null;
  filter?: { contactNumber: string };
}

export const inbox = `
  query Inbox($first: Int, $after: String, $filter: ConversationFilter) {
    conversations(first: $first, after: $after, filter: $filter) {
      edges { cursor node { id contactNumber } }
      pageInfo { hasNextPage hasPreviousPage startCursor endCursor }
    }
  }
`;

export interface RecordedData {
  messageRecorded: { messageEdge: MessageEdge | null };
}

export interface RecordedVariables {
  id: string;
  after?: string;
}

export const recorded = `
  subscription Recorded($id: ID!, $after: String) {
    messageRecorded(conversationId: $id, after: $after) { messageEdge { cursor node { id body } } }
  }
`;

export interface LatestData {
  changes: { latestCursor: string } | null;
}

export const latest = '{ changes(first: 1) { latestCursor } }';

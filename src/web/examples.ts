/** An operation shown in a tab of GraphiQL. */
interface Example {
  query: string;
  /** True if its variables are `{ id }`, the id of a conversation. */
  takesId: boolean;
}

/** The examples of GraphiQL; a newcomer runs the first. A test validates each against the schema and runs it on the demo. */
export const examples: readonly Example[] = [
  {
    takesId: false,
    query: `# The newest conversations, with their last messages.
# Press the play button to run it.
query Inbox {
  conversations(first: 5) {
    totalCount
    pageInfo { hasNextPage endCursor }
    nodes {
      id
      type
      title
      contactNumber
      lastMessageAt
      lastMessagePreview
      messages(last: 3) {
        nodes {
          createdAt
          direction
          body
          isRedacted
          author { name }
        }
      }
    }
  }
}
`,
  },
  {
    takesId: true,
    query: `# One conversation, page by page. For the next page,
# put endCursor into the variable "after".
query Messages($id: ID!, $after: String) {
  conversation(id: $id) {
    contactNumber
    consent { optedIn optedInAt }
    messages(first: 5, after: $after) {
      totalCount
      pageInfo { hasNextPage endCursor }
      edges {
        cursor
        node {
          id
          createdAt
          direction
          status
          body
          redactedAt
          reactions(first: 5) { reactionType author { name } }
        }
      }
    }
  }
}
`,
  },
  {
    takesId: true,
    query: `# Any object by its global id.
# nodes(ids:) returns many at once.
query Node($id: ID!) {
  node(id: $id) {
    __typename
    id
    ... on Conversation {
      messageCount
      phoneNumber { e164 }
      agent { name }
      participants { nodes { name participantKind } }
    }
  }
}
`,
  },
  {
    takesId: false,
    query: `# Phone conversations since April
# whose contact opted in.
query OptedIn {
  conversations(
    first: 10
    filter: { types: [PHONE], since: "2026-04-01T00:00:00Z", optedIn: true }
    orderBy: { field: LAST_MESSAGE_AT, direction: ASC }
  ) {
    totalCount
    nodes {
      contactNumber
      lastMessageAt
      lastMessagePreview
      consent { optedInAt }
    }
  }
}
`,
  },
  {
    takesId: false,
    query: `# The scopes and the organization of this key,
# and the organization's phone numbers.
query Viewer {
  viewer { scopes organization { id name retentionDays } }
  phoneNumbers { totalCount nodes { id e164 } }
}
`,
  },
];

/** An operation shown in a tab of GraphiQL. */
interface Example {
  query: string;
  /** Null without variables. In a text of theirs, the page replaces CONVERSATION_ID by the id of a conversation, and NOW by the time. */
  variables: Readonly<Record<string, string>> | null;
}

/** The variables of an operation on one conversation. */
const ofConversation = { id: 'CONVERSATION_ID' };

/** The examples of GraphiQL; a newcomer runs the first. A test validates each against the schema and runs it on the demo. */
export const examples: readonly Example[] = [
  {
    variables: null,
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
    variables: ofConversation,
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
    variables: ofConversation,
    query: `# New messages of a conversation, live. Press the play button,
# then run the next tab: its message arrives here.
# A client that reconnects passes its last cursor as "after".
subscription Arriving($id: ID!) {
  messageRecorded(conversationId: $id) {
    cursor
    message { id createdAt direction body author { name } }
  }
}
`,
  },
  {
    variables: { externalId: 'graphiql NOW', createdAt: 'NOW' },
    query: `# Stores a message that was received elsewhere.
# Repeating it with the same externalId changes nothing.
mutation Record($externalId: String!, $createdAt: DateTime!) {
  recordMessages(input: {
    messages: [{
      externalId: $externalId
      createdAt: $createdAt
      direction: INBOUND
      phoneNumber: "+15551112222"
      contactNumber: "+15554443333"
      body: "Is the appointment on Monday still free?"
    }]
  }) {
    results {
      outcome
      message { id body conversation { id unreadCount } }
    }
  }
}
`,
  },
  {
    variables: ofConversation,
    query: `# Marks a conversation as read through now.
mutation MarkRead($id: ID!) {
  markConversationRead(input: { id: $id }) {
    conversation { id readThrough unreadCount }
  }
}
`,
  },
  {
    variables: null,
    query: `# Full-text search, with the parts of each body that match.
query Search {
  searchMessages(query: "appointment", first: 5) {
    totalCount
    nodes {
      id
      createdAt
      body
      highlights(query: "appointment") { offset length }
      conversation { contactNumber }
    }
  }
}
`,
  },
  {
    variables: ofConversation,
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
    variables: null,
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
    variables: null,
    query: `# The scopes and the organization of this key,
# and the organization's phone numbers.
query Viewer {
  viewer { scopes organization { id name retentionDays } }
  phoneNumbers { totalCount nodes { id e164 } }
}
`,
  },
];

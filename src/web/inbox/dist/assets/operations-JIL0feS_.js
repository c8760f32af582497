var e={"01085013659bdb63cd2aa557499340e105c4347f5caf0a705341f77386c4bae1":`subscription typingSubscription {
  typing {
    conversationId
    isTyping
    at
    until
    agent {
      name
      id
    }
    participant {
      name
      id
    }
  }
}
`,"08e268547186135b67913708cd9dcd63ad767f4acba591b39fac9359bc6dc447":`query statsNumbersQuery {
  viewer {
    organization {
      name
      id
    }
  }
  phoneNumbers(first: 200) {
    nodes {
      id
      e164
    }
  }
}
`,"0b6f8bc8dbeacf70a5ba036701e59e1b65d6cee1aa04454557904f7f7b1abca2":`query resultsPageQuery(
  $count: Int = 25
  $cursor: String
  $search: String!
) {
  ...results_query_3PfUTl
}

fragment conversationName_conversation on Conversation {
  title
  contactNumber
  participants(first: 3) {
    nodes {
      name
      participantKind
      id
    }
  }
}

fragment hit_message_40zwac on Message {
  id
  body
  createdAt
  author {
    name
    id
  }
  highlights(query: $search) {
    offset
    length
  }
  conversation {
    id
    ...conversationName_conversation
  }
  ...useRedacted_message
}

fragment results_query_3PfUTl on Query {
  searchMessages(query: $search, first: $count, after: $cursor) {
    totalCount
    edges {
      node {
        id
        ...hit_message_40zwac
        __typename
      }
      cursor
    }
    pageInfo {
      endCursor
      hasNextPage
    }
  }
}

fragment useRedacted_message on Message {
  redactedAt
  deletedAt
  redactsAt
}
`,"3bc6cea4e849f0308743bfeb3dde78e3487bd43fa27ae1aa230befff2f56dcf1":`query messagesPageQuery(
  $after: String
  $around: ID
  $before: String
  $first: Int
  $last: Int
  $id: ID!
) {
  node(id: $id) {
    __typename
    ...messages_conversation_3EOTsF
    id
  }
}

fragment media_message on Message {
  mediaUrls
  attachments {
    id
    name
    mime
    size
    duration
    url
  }
}

fragment message_message on Message {
  id
  kind
  direction
  channel
  status
  createdAt
  editedAt
  body
  author {
    name
    id
  }
  replyTo {
    ...quote_message
    id
  }
  ...reactions_message
  ...media_message
  ...useRedacted_message
}

fragment messages_conversation_3EOTsF on Conversation {
  type
  unreadCount
  readThrough
  messages(first: $first, after: $after, last: $last, before: $before, around: $around) {
    edges {
      node {
        id
        createdAt
        createdAtRank
        direction
        author {
          id
        }
        ...message_message
        __typename
      }
      cursor
    }
    pageInfo {
      endCursor
      hasNextPage
      hasPreviousPage
      startCursor
    }
  }
  id
}

fragment quote_message on Message {
  id
  body
  author {
    name
    id
  }
  ...useRedacted_message
}

fragment reactions_message on Message {
  reactions(first: 50) {
    reactionType
    author {
      name
      id
    }
    id
  }
}

fragment useRedacted_message on Message {
  redactedAt
  deletedAt
  redactsAt
}
`,"588098cd37496ad25f8db35df4f973fc46275b7256015acc36e391e021ad0dd4":`query useRetentionQuery(
  $after: String!
) {
  changes(first: 1, after: $after, filter: {kinds: [RETENTION_CHANGED]}) {
    nodes {
      id
    }
  }
}
`,"607011d3b41304dc5a965356fba34b8e2a122e271ff83df0cf240c9aa6a4bb76":`query listPageQuery(
  $count: Int = 30
  $cursor: String
  $filter: ConversationFilter
) {
  ...list_query_3KQYpM
}

fragment conversationName_conversation on Conversation {
  title
  contactNumber
  participants(first: 3) {
    nodes {
      name
      participantKind
      id
    }
  }
}

fragment list_query_3KQYpM on Query {
  conversations(first: $count, after: $cursor, filter: $filter) {
    edges {
      node {
        id
        lastMessageAt
        ...row_conversation
        __typename
      }
      cursor
    }
    pageInfo {
      endCursor
      hasNextPage
    }
  }
}

fragment row_conversation on Conversation {
  id
  lastMessageAt
  lastMessagePreview
  unreadCount
  phoneNumber {
    e164
    id
  }
  lastMessage {
    direction
    mediaUrls
    attachments {
      id
    }
    ...useRedacted_message
    id
  }
  ...conversationName_conversation
}

fragment useRedacted_message on Message {
  redactedAt
  deletedAt
  redactsAt
}
`,"670249caeea8c8f22e6577ef82f3051fb2cd33f34c892b980f5025fc50724a9c":`query countsQuery(
  $since: Date!
  $timeZone: String!
  $filter: MessageStatsFilter
) {
  messageStats(since: $since, timeZone: $timeZone, filter: $filter) {
    messageCount
    inboundCount
    outboundCount
    timeZone
    channels {
      channel
      messageCount
      inboundCount
      outboundCount
    }
    days {
      date
      messageCount
      inboundCount
      outboundCount
      ...dayChart_days
    }
  }
}

fragment dayChart_days on DayStats {
  date
  messageCount
  inboundCount
  outboundCount
}
`,"6b2759208721f6f691a9ebaf216f4ae99619856b3a2233ea464051fe2011b5fe":`query resultsQuery(
  $search: String!
) {
  ...results_query_40zwac
}

fragment conversationName_conversation on Conversation {
  title
  contactNumber
  participants(first: 3) {
    nodes {
      name
      participantKind
      id
    }
  }
}

fragment hit_message_40zwac on Message {
  id
  body
  createdAt
  author {
    name
    id
  }
  highlights(query: $search) {
    offset
    length
  }
  conversation {
    id
    ...conversationName_conversation
  }
  ...useRedacted_message
}

fragment results_query_40zwac on Query {
  searchMessages(query: $search, first: 25) {
    totalCount
    edges {
      node {
        id
        ...hit_message_40zwac
        __typename
      }
      cursor
    }
    pageInfo {
      endCursor
      hasNextPage
    }
  }
}

fragment useRedacted_message on Message {
  redactedAt
  deletedAt
  redactsAt
}
`,"7ef1f42de1cbe81823c36ae6db536f38c040eeb730dfc4678f281bbba75f3e37":`subscription useLiveSubscription(
  $after: String!
) {
  conversationChanged(after: $after) {
    changeKind
    cursor
    conversationId
    messageId
    conversation {
      id
      ...row_conversation
      ...header_conversation
      ...details_conversation
    }
    message {
      id
      ...message_message
      ...announcer_message
    }
    messageEdge {
      cursor
      node {
        id
        createdAt
        createdAtRank
      }
    }
  }
}

fragment announcer_message on Message {
  body
  author {
    name
    id
  }
  ...useRedacted_message
}

fragment conversationName_conversation on Conversation {
  title
  contactNumber
  participants(first: 3) {
    nodes {
      name
      participantKind
      id
    }
  }
}

fragment details_conversation on Conversation {
  type
  contactNumber
  createdAt
  archivedAt
  readThrough
  metadata
  phoneNumber {
    e164
    id
  }
  agent {
    name
    id
  }
  consent {
    optedIn
    optedInAt
    optedOutAt
  }
  background {
    imageUrl
    id
  }
  people: participants(first: 20) {
    totalCount
    nodes {
      id
      name
      title
      department {
        name
      }
    }
  }
}

fragment header_conversation on Conversation {
  contactNumber
  phoneNumber {
    e164
    id
  }
  messageCount
  ...conversationName_conversation
  ...markRead_conversation
}

fragment markRead_conversation on Conversation {
  id
  unreadCount
  readThrough
}

fragment media_message on Message {
  mediaUrls
  attachments {
    id
    name
    mime
    size
    duration
    url
  }
}

fragment message_message on Message {
  id
  kind
  direction
  channel
  status
  createdAt
  editedAt
  body
  author {
    name
    id
  }
  replyTo {
    ...quote_message
    id
  }
  ...reactions_message
  ...media_message
  ...useRedacted_message
}

fragment quote_message on Message {
  id
  body
  author {
    name
    id
  }
  ...useRedacted_message
}

fragment reactions_message on Message {
  reactions(first: 50) {
    reactionType
    author {
      name
      id
    }
    id
  }
}

fragment row_conversation on Conversation {
  id
  lastMessageAt
  lastMessagePreview
  unreadCount
  phoneNumber {
    e164
    id
  }
  lastMessage {
    direction
    mediaUrls
    attachments {
      id
    }
    ...useRedacted_message
    id
  }
  ...conversationName_conversation
}

fragment useRedacted_message on Message {
  redactedAt
  deletedAt
  redactsAt
}
`,"9aa7aeac8d75b33c8f52a596600f6338572dd00f5bd85e4ab2dc9894a88d87b4":`query listQuery(
  $filter: ConversationFilter
) {
  ...list_query_Vt7Yj
}

fragment conversationName_conversation on Conversation {
  title
  contactNumber
  participants(first: 3) {
    nodes {
      name
      participantKind
      id
    }
  }
}

fragment list_query_Vt7Yj on Query {
  conversations(first: 30, filter: $filter) {
    edges {
      node {
        id
        lastMessageAt
        ...row_conversation
        __typename
      }
      cursor
    }
    pageInfo {
      endCursor
      hasNextPage
    }
  }
}

fragment row_conversation on Conversation {
  id
  lastMessageAt
  lastMessagePreview
  unreadCount
  phoneNumber {
    e164
    id
  }
  lastMessage {
    direction
    mediaUrls
    attachments {
      id
    }
    ...useRedacted_message
    id
  }
  ...conversationName_conversation
}

fragment useRedacted_message on Message {
  redactedAt
  deletedAt
  redactsAt
}
`,ad4bdc6a5fb4981910607ddb80200779bf098efed984c7a3b63fe18acc5a34c4:`query detailsQuery(
  $id: ID!
) {
  conversation(id: $id) {
    ...details_conversation
    id
  }
}

fragment details_conversation on Conversation {
  type
  contactNumber
  createdAt
  archivedAt
  readThrough
  metadata
  phoneNumber {
    e164
    id
  }
  agent {
    name
    id
  }
  consent {
    optedIn
    optedInAt
    optedOutAt
  }
  background {
    imageUrl
    id
  }
  people: participants(first: 20) {
    totalCount
    nodes {
      id
      name
      title
      department {
        name
      }
    }
  }
}
`,c71a06b55e858b66efd790b1cdf003518323a00947ec7b2793024a99b2cc835e:`query inboxQuery {
  changes(first: 1) {
    latestCursor
  }
  viewer {
    scopes
    organization {
      name
      id
    }
  }
  ...filters_query
}

fragment filters_query on Query {
  phoneNumbers(first: 200) {
    nodes {
      id
      e164
    }
  }
}
`,ce9fb91b8d7036691e11fe5f4623e03f8c2f96d45c5b266bf49fca29f0280465:`query threadQuery(
  $id: ID!
  $first: Int
  $last: Int
  $around: ID
  $target: ID!
  $hasTarget: Boolean!
  $search: String
) {
  conversation(id: $id) {
    ...header_conversation
    ...messages_conversation_1T78d8
    id
  }
  target: node(id: $target) @include(if: $hasTarget) {
    __typename
    ... on Message {
      id
      highlights(query: $search) {
        offset
        length
      }
    }
    id
  }
}

fragment conversationName_conversation on Conversation {
  title
  contactNumber
  participants(first: 3) {
    nodes {
      name
      participantKind
      id
    }
  }
}

fragment header_conversation on Conversation {
  contactNumber
  phoneNumber {
    e164
    id
  }
  messageCount
  ...conversationName_conversation
  ...markRead_conversation
}

fragment markRead_conversation on Conversation {
  id
  unreadCount
  readThrough
}

fragment media_message on Message {
  mediaUrls
  attachments {
    id
    name
    mime
    size
    duration
    url
  }
}

fragment message_message on Message {
  id
  kind
  direction
  channel
  status
  createdAt
  editedAt
  body
  author {
    name
    id
  }
  replyTo {
    ...quote_message
    id
  }
  ...reactions_message
  ...media_message
  ...useRedacted_message
}

fragment messages_conversation_1T78d8 on Conversation {
  type
  unreadCount
  readThrough
  messages(first: $first, last: $last, around: $around) {
    edges {
      node {
        id
        createdAt
        createdAtRank
        direction
        author {
          id
        }
        ...message_message
        __typename
      }
      cursor
    }
    pageInfo {
      endCursor
      hasNextPage
      hasPreviousPage
      startCursor
    }
  }
  id
}

fragment quote_message on Message {
  id
  body
  author {
    name
    id
  }
  ...useRedacted_message
}

fragment reactions_message on Message {
  reactions(first: 50) {
    reactionType
    author {
      name
      id
    }
    id
  }
}

fragment useRedacted_message on Message {
  redactedAt
  deletedAt
  redactsAt
}
`,fb0a7f06b72447be3177afc056efb2e716d6098c82bcdbe11b64eeb87172c6e5:`mutation markReadMutation(
  $input: MarkConversationReadInput!
) {
  markConversationRead(input: $input) {
    conversation {
      ...markRead_conversation
      id
    }
  }
}

fragment markRead_conversation on Conversation {
  id
  unreadCount
  readThrough
}
`};export{e as default};
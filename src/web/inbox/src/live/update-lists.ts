import { ConnectionHandler, type RecordProxy, type RecordSourceSelectorProxy } from 'relay-runtime';

/** Puts the new nodes of a change into the connections that show them, and removes nodes that no longer exist. */
export function updateLists(store: RecordSourceSelectorProxy): void {
  const event = store.getRootField('conversationChanged');
  const conversation = event?.getLinkedRecord('conversation');
  const [conversationId, messageId] = [event?.getValue('conversationId'), event?.getValue('messageId')];
  if (conversation == null && conversationId != null) store.delete(String(conversationId));
  if (messageId != null && event?.getLinkedRecord('message') == null) store.delete(String(messageId));
  if (conversation == null) return;
  addConversation(store, conversation);
  const edge = event?.getLinkedRecord('messageEdge');
  if (edge != null) addMessage(store, conversation, edge);
}

/** Adds a conversation with news to the unfiltered list, which sorts its rows itself. */
function addConversation(store: RecordSourceSelectorProxy, conversation: RecordProxy): void {
  const list = ConnectionHandler.getConnection(store.getRoot(), 'list_conversations', { filter: null });
  if (list == null || nodesOf(list).includes(conversation.getDataID())) return;
  ConnectionHandler.insertEdgeBefore(list, ConnectionHandler.createEdge(store, list, conversation, 'ConversationEdge'));
}

/** Adds a message at its place in time, if the thread has loaded its neighbours: later pages bring every other. */
function addMessage(store: RecordSourceSelectorProxy, conversation: RecordProxy, recorded: RecordProxy): void {
  const thread = ConnectionHandler.getConnection(conversation, 'messages_messages');
  const edge = thread && ConnectionHandler.buildConnectionEdge(store, thread, recorded);
  if (thread == null || edge == null) return;
  const node = recorded.getLinkedRecord('node');
  if (node == null || nodesOf(thread).includes(node.getDataID())) return;
  const earlier = edgesOf(thread).findLast((each) => comesAfter(node, each.getLinkedRecord('node')));
  const isLast = earlier === edgesOf(thread).at(-1);
  const { hasNextPage, hasPreviousPage } = pageInfo(thread);
  if (isLast ? hasNextPage : earlier === undefined && hasPreviousPage) return;
  if (earlier === undefined) ConnectionHandler.insertEdgeBefore(thread, edge);
  else ConnectionHandler.insertEdgeAfter(thread, edge, String(earlier.getValue('cursor')));
}

const edgesOf = (connection: RecordProxy): RecordProxy[] => (connection.getLinkedRecords('edges') ?? []).filter((edge) => edge != null);

const nodesOf = (connection: RecordProxy): (string | undefined)[] =>
  edgesOf(connection).map((edge) => edge.getLinkedRecord('node')?.getDataID());

function pageInfo(connection: RecordProxy): { hasNextPage: boolean; hasPreviousPage: boolean } {
  const info = connection.getLinkedRecord('pageInfo');
  return { hasNextPage: info?.getValue('hasNextPage') === true, hasPreviousPage: info?.getValue('hasPreviousPage') === true };
}

function comesAfter(node: RecordProxy, other: RecordProxy | null | undefined): boolean {
  if (other == null) return false;
  const [time, rank] = placeOf(node);
  const [otherTime, otherRank] = placeOf(other);
  return time > otherTime || (time === otherTime && rank >= otherRank);
}

function placeOf(node: RecordProxy): [time: number, rank: number] {
  return [Date.parse(String(node.getValue('createdAt'))), Number(node.getValue('createdAtRank'))];
}

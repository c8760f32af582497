// A page with the newest conversation: its last messages, older ones on request, and new ones as they arrive.
import { query, subscribe } from './parley.js';

const gateway = {
  url: new URLSearchParams(location.search).get('url') ?? 'http://localhost:4000/graphql',
  key: new URLSearchParams(location.hash.slice(1)).get('key') ?? 'am_live_demo000000000000000000000000000',
};

const list = document.querySelector('ol');
const older = document.querySelector('button');

const item = ({ node }) => Object.assign(document.createElement('li'), { textContent: node.body ?? '(removed)' });

const page = `messages(last: 5, before: $before) {
  pageInfo { hasPreviousPage startCursor }
  edges { node { id body } }
}`;

const { conversations, changes } = await query(
  gateway,
  `query ($before: String) { conversations(first: 1) { nodes { id contactNumber title ${page} } } changes(first: 1) { latestCursor } }`,
);
const [{ id, contactNumber, title, messages }] = conversations.nodes;
document.querySelector('h1').textContent = title ?? contactNumber;

let before = null;
function show({ edges, pageInfo }) {
  list.prepend(...edges.map(item));
  before = pageInfo.startCursor;
  older.hidden = !pageInfo.hasPreviousPage;
}
show(messages);

older.addEventListener('click', async () => {
  const { conversation } = await query(gateway, `query ($id: ID!, $before: String) { conversation(id: $id) { ${page} } }`, { id, before });
  show(conversation.messages);
});

// From the cursor of the moment before the list was read, so that no message falls between.
subscribe(
  gateway,
  'subscription ($id: ID!, $after: String) { messageRecorded(conversationId: $id, after: $after) { cursor messageEdge { node { id body } } } }',
  { id, after: changes.latestCursor },
  ({ messageEdge }) => messageEdge && list.append(item(messageEdge)),
);

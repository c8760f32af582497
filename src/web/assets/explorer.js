// GraphiQL's page: sends the key of the tab, shows the price of each operation, and opens the operation that a link names.
import { askForKey, currentKey, keyHeaders, missingKey, onKeyChange, refusedKey } from './key.js';
import { linkedOperation } from './operation-link.js';

/** @typedef {{ query: string, variables: Record<string, unknown> | null }} Example */

const send = window.fetch.bind(window);

window.fetch = async (input, init) => {
  const request = new Request(input, init);
  if (new URL(request.url).pathname !== '/graphql') return send(request);
  for (const [name, value] of Object.entries(keyHeaders())) if (!request.headers.has(name)) request.headers.set(name, value);
  const isIntrospection = typeof init?.body === 'string' && init.body.includes('__schema');
  const response = await send(request);
  if (response.status === 401) askForKey(currentKey() === '' ? missingKey : refusedKey);
  return isIntrospection || !response.body ? response : watched(response);
};

/** Returns the response, and shows the price that its text names when it passes. @param {Response} response */
function watched(response) {
  const decoder = new TextDecoder();
  let text = '';
  const reading = new TransformStream({
    transform(chunk, controller) {
      controller.enqueue(chunk);
      // Events arrive for hours: only the end is kept. `extensions` follows the data.
      text = (text + decoder.decode(chunk, { stream: true })).slice(-2_000);
      showPrice(text, response.headers);
    },
  });
  const { status, statusText, headers } = response;
  return new Response(response.body?.pipeThrough(reading), { status, statusText, headers });
}

/** @param {string} text @param {Headers} headers */
function showPrice(text, headers) {
  const cost = [...text.matchAll(/"cost":(\{[^}]*\})/g)].at(-1)?.[1];
  const place = document.getElementById('price');
  if (!cost || !place) return;
  const { price, limit } = JSON.parse(cost);
  const remaining = headers.get('ratelimit-remaining');
  const rest = remaining === null ? '' : ` The key has ${Number(remaining).toLocaleString('en')} left in this minute.`;
  place.textContent = `This operation cost ${price.toLocaleString('en')}; at most ${limit.toLocaleString('en')} is allowed.${rest}`;
}

/** Returns the id of a conversation for the examples: the demo's, else the newest that the key can read. @param {string | null} demo */
async function conversationId(demo) {
  if (demo !== null || currentKey() === '') return demo;
  const body = JSON.stringify({ query: '{ conversations(first: 1) { nodes { id } } }' });
  const answer = await send('/graphql', { method: 'POST', headers: { ...keyHeaders(), 'content-type': 'application/json' }, body })
    .then((response) => response.json())
    .catch(() => null);
  return answer?.data?.conversations?.nodes[0]?.id ?? null;
}

/** Stored tabs may hold ids of another database. The history and the address keep the person's operations. */
function clearTabs() {
  for (const item of ['tabState', 'query', 'variables', 'headers']) localStorage.removeItem(`graphiql:${item}`);
}

const given = JSON.parse(document.getElementById('examples')?.textContent ?? '{}');
const id = (await conversationId(given.conversationId)) ?? 'CONVERSATION_ID';

/** @param {Example} example */
function tabOf({ query, variables }) {
  const text = variables && JSON.stringify(variables, null, 2).replaceAll('CONVERSATION_ID', id).replaceAll('NOW', new Date().toISOString());
  return { query, variables: text };
}

clearTabs();
const linked = linkedOperation(location.hash);
if (linked !== null) history.replaceState(null, '', '/graphql');

const tabs = [...(linked === null ? [] : [linked]), ...given.examples].map(tabOf);

// @ts-expect-error GraphiQL's script defines it.
globalThis.YogaGraphiQL.renderYogaGraphiQL(document.getElementById('root'), {
  title: 'GraphiQL',
  endpoint: '/graphql',
  defaultHeaders: '{}',
  defaultEditorToolsVisibility: 'variables',
  defaultTabs: tabs,
  // GraphiQL does not read the variables of the tab that it opens first.
  variables: tabs[0]?.variables ?? undefined,
  // A key must not outlive its tab in the browser's storage.
  shouldPersistHeaders: false,
});

// While the demo is served, its schema may be read without a key: only an operation shows that a key is refused.
async function checkKey() {
  const body = JSON.stringify({ query: '{ viewer { scopes } }' });
  const { status } = await send('/graphql', { method: 'POST', headers: { ...keyHeaders(), 'content-type': 'application/json' }, body });
  if (status === 401) askForKey(currentKey() === '' ? missingKey : refusedKey);
}

onKeyChange(() => {
  void checkKey().catch(console.error);
  /** @type {HTMLElement | null} */ (document.querySelector('[aria-label^="Re-fetch GraphQL schema"]'))?.click();
});

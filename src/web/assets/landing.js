// The page at /: runs the query, and asks the REST APIs for the same conversation.
import { askForKey, currentKey, keyHeaders, onKeyChange, refusedKey } from './key.js';

const query = /** @type {HTMLTextAreaElement} */ (document.getElementById('query'));

const samples = /** @type {NodeListOf<HTMLElement>} */ (document.querySelectorAll('[data-sample]'));

/** @param {HTMLElement} place */
const answerOf = (place) => place.closest('article')?.querySelector('pre code');

/** @param {Element | null | undefined} place @param {string} text */
function show(place, text) {
  if (place) place.textContent = text;
}

/** Returns JSON with its indents; other text unchanged. @param {string} text */
function indented(text) {
  try {
    return JSON.stringify(JSON.parse(text), null, 2);
  } catch {
    return text;
  }
}

/** Removes what another key has shown. */
function clear() {
  show(document.querySelector('#answer code'), '');
  for (const place of samples) {
    show(place, `GET ${place.dataset.sample ?? ''}`);
    show(answerOf(place), '');
  }
}

/** @param {AbortSignal} signal */
async function run(signal) {
  const answer = document.querySelector('#answer code');
  if (currentKey() === '') return show(answer, 'Paste a key at the top of the page.');
  const headers = { ...keyHeaders(), 'content-type': 'application/json' };
  const response = await fetch('/graphql', { method: 'POST', headers, body: JSON.stringify({ query: query.value }), signal });
  const text = await response.text();
  show(answer, indented(text));
  if (response.status === 401) return askForKey(refusedKey);
  const { data, extensions } = JSON.parse(text);
  if (extensions?.cost) show(document.getElementById('price'), `Cost ${extensions.cost.price} of at most ${extensions.cost.limit.toLocaleString('en')}.`);
  const conversation = data?.conversations?.nodes?.[0];
  if (conversation?.id && conversation.number) await showSamples(conversation, signal);
}

/** @param {{ id: string, number: number }} conversation @param {AbortSignal} signal */
async function showSamples({ id, number }, signal) {
  await Promise.all(
    [...samples].map(async (place) => {
      const path = (place.dataset.sample ?? '').replace('{id}', id).replace('{number}', String(number));
      show(place, `GET ${path}`);
      const response = await fetch(path, { headers: keyHeaders(), signal });
      show(answerOf(place), indented(await response.text()));
    }),
  );
}

let current = new AbortController();

/** Runs the query. An answer that still comes to an earlier run is not shown. */
function start() {
  current.abort();
  current = new AbortController();
  const { signal } = current;
  run(signal).catch(() => signal.aborted || show(document.querySelector('#answer code'), 'The gateway does not answer.'));
}

document.getElementById('query-form')?.addEventListener('submit', (event) => {
  event.preventDefault();
  start();
});
query.addEventListener('keydown', (event) => {
  if (event.key === 'Enter' && (event.ctrlKey || event.metaKey)) start();
});
onKeyChange(() => {
  clear();
  start();
});
start();

// The page at /: runs the query, and asks the REST APIs for the same conversation.
import { askForKey, currentKey, keyHeaders, missingKey, onKeyChange, refusedKey } from './key.js';

const query = /** @type {HTMLTextAreaElement} */ (document.getElementById('query'));

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

async function run() {
  const answer = document.querySelector('#answer code');
  if (currentKey() === '') return show(answer, missingKey);
  const headers = { ...keyHeaders(), 'content-type': 'application/json' };
  const response = await fetch('/graphql', { method: 'POST', headers, body: JSON.stringify({ query: query.value }) });
  const text = await response.text();
  show(answer, indented(text));
  if (response.status === 401) return askForKey(refusedKey);
  const { data, extensions } = JSON.parse(text);
  if (extensions?.cost) show(document.getElementById('price'), `Cost ${extensions.cost.price} of at most ${extensions.cost.limit.toLocaleString('en')}.`);
  const conversation = data?.conversations?.nodes?.[0];
  if (conversation?.id && conversation.number) await showSamples(conversation);
}

/** @param {{ id: string, number: number }} conversation */
async function showSamples({ id, number }) {
  const samples = /** @type {NodeListOf<HTMLElement>} */ (document.querySelectorAll('[data-sample]'));
  await Promise.all(
    [...samples].map(async (place) => {
      const path = (place.dataset.sample ?? '').replace('{id}', id).replace('{number}', String(number));
      show(place, `GET ${path}`);
      const response = await fetch(path, { headers: keyHeaders() });
      show(place.closest('article')?.querySelector('pre code'), indented(await response.text()));
    }),
  );
}

const failed = () => show(document.querySelector('#answer code'), 'The gateway does not answer.');
const start = () => void run().catch(failed);

document.getElementById('query-form')?.addEventListener('submit', (event) => {
  event.preventDefault();
  start();
});
query.addEventListener('keydown', (event) => {
  if (event.key === 'Enter' && (event.ctrlKey || event.metaKey)) start();
});
onKeyChange(start);
start();

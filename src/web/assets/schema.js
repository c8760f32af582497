// The page at /schema: search, and loading with the key of the tab where the schema needs one.
import { askForKey, currentKey, keyHeaders, missingKey, onKeyChange, refusedKey } from './key.js';

/** Hides the types and fields whose names do not contain the text. A type with a matching field remains. */
function search() {
  const field = /** @type {HTMLInputElement | null} */ (document.getElementById('search'));
  const wanted = field?.value.trim().toLowerCase() ?? '';
  const matches = (/** @type {HTMLElement} */ { dataset }) => (dataset.name ?? '').includes(wanted);
  let found = 0;
  for (const section of /** @type {NodeListOf<HTMLElement>} */ (document.querySelectorAll('.type'))) {
    const members = [.../** @type {NodeListOf<HTMLElement>} */ (section.querySelectorAll('dl > div'))];
    const isNamed = (section.dataset.name ?? '').includes(wanted);
    for (const member of members) member.hidden = !isNamed && !matches(member);
    section.hidden = !isNamed && members.every((member) => member.hidden);
    found += section.hidden ? 0 : Math.max(1, members.filter((member) => matches(member)).length);
  }
  const listed = new Set([...document.querySelectorAll('.type:not([hidden])')].map(({ id }) => id.toLowerCase()));
  for (const item of /** @type {NodeListOf<HTMLElement>} */ (document.querySelectorAll('.types li'))) item.hidden = !listed.has(item.dataset.name ?? '');
  const status = document.getElementById('found');
  if (status) status.textContent = wanted === '' ? '' : found === 0 ? 'Nothing has this name.' : `${found} found`;
}

/** Replaces the refusal by the reference, which the key may read. */
async function load() {
  if (document.getElementById('refused') === null) return;
  if (currentKey() === '') return askForKey(missingKey);
  const response = await fetch('/schema', { headers: { ...keyHeaders(), accept: 'text/html' } });
  if (response.status === 401) return askForKey(refusedKey);
  const page = new DOMParser().parseFromString(await response.text(), 'text/html');
  const place = page.getElementById('schema');
  if (place) document.getElementById('schema')?.replaceWith(place);
  listen();
  if (location.hash !== '') document.getElementById(location.hash.slice(1))?.scrollIntoView();
}

function listen() {
  document.getElementById('search')?.addEventListener('input', search);
}

document.addEventListener('keydown', (event) => {
  if (event.key !== '/' || event.target instanceof HTMLInputElement) return;
  event.preventDefault();
  document.getElementById('search')?.focus();
});
// A link leads to its target even if the search hid it.
addEventListener('hashchange', () => {
  const target = document.getElementById(location.hash.slice(1));
  const field = /** @type {HTMLInputElement | null} */ (document.getElementById('search'));
  if (!target || !field || !target.closest('[hidden]')) return;
  field.value = '';
  search();
  target.scrollIntoView();
});
onKeyChange(() => void load());
listen();
void load();

// The key of this tab: the one that the person pasted, else the demo's while the demo is served. The inbox reads the same item.
const item = 'parley-key';

const demoKey = document.querySelector('meta[name=demo-key]')?.getAttribute('content') ?? '';

/** Returns the key of this tab; an empty text if there is none. */
export function currentKey() {
  return sessionStorage.getItem(item) ?? demoKey;
}

/** Returns the headers that send the key. @returns {Record<string, string>} */
export function keyHeaders() {
  const key = currentKey();
  return key === '' ? {} : { authorization: `Bearer ${key}` };
}

/** Calls `listener` whenever the person changes the key. @param {() => void} listener */
export function onKeyChange(listener) {
  document.addEventListener('parley-key', listener);
}

/** Asks for a key: shows `advice` below the field, and puts the cursor there. @param {string} advice */
export function askForKey(advice) {
  const note = document.getElementById('key-note');
  if (note) {
    note.textContent = advice;
    note.className = 'key-advice';
    note.setAttribute('role', 'alert');
  }
  field?.focus();
}

/** The advice for an answer 401. */
export const refusedKey = 'This key was refused. Paste one here that `parley key create` printed: it begins with am_live_, sk_live_ or zk_live_.';

/** The advice before a key was pasted. */
export const missingKey = 'Paste a key here. `parley key create --org ID --name me --scope conversations:read` prints one.';

/** The words below the field while no advice is needed. */
const kept = document.getElementById('key-note')?.textContent ?? '';

const form = document.getElementById('key-form');
const field = /** @type {HTMLInputElement | null} */ (document.getElementById('key'));

if (form && field) {
  field.value = currentKey();
  form.addEventListener('submit', (event) => {
    event.preventDefault();
    // People paste the whole header too.
    const key = field.value.trim().replace(/^(authorization:\s*)?bearer\s+/i, '');
    // A header cannot hold letters beyond ASCII: the gateway refuses the key without them.
    sessionStorage.setItem(item, key.replace(/[^\x21-\x7e]/g, '?'));
    field.value = currentKey();
    const note = document.getElementById('key-note');
    if (note) {
      note.textContent = kept;
      note.className = 'visually-hidden';
      note.removeAttribute('role');
    }
    document.dispatchEvent(new Event('parley-key'));
  });
}

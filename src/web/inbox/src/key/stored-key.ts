import { useState } from 'react';

const item = 'parley-key';

/** The demo's public key, which the gateway writes into the page while it serves the demo; else null. */
export const demoKey = document.querySelector<HTMLMetaElement>('meta[name=demo-key]')?.content || null;

/** Returns the key of this tab, null if there is none, and its setter. Null forgets the key. The demo's key is used unless the person replaced or removed it. */
export function useKey(): [string | null, (key: string | null) => void] {
  const [key, setKey] = useState(() => sessionStorage.getItem(item) ?? demoKey);
  const store = (next: string | null) => {
    const cleaned = next === null ? '' : keyIn(next);
    // An empty text is kept, so that a reload does not bring back the demo's key.
    sessionStorage.setItem(item, cleaned);
    setKey(cleaned);
  };
  return [key === '' ? null : key, store];
}

/** Returns the key in a pasted text. People paste the whole header too. A header cannot hold letters beyond ASCII: the gateway refuses the key without them. */
function keyIn(text: string): string {
  return text
    .trim()
    .replace(/^(authorization:\s*)?bearer\s+/i, '')
    .replace(/[^\x21-\x7e]/g, '?');
}

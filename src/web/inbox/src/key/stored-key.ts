import { useState } from 'react';

const item = 'parley-key';

/** The demo's public key, which the gateway writes into the page while it serves the demo; else null. */
export const demoKey = document.querySelector<HTMLMetaElement>('meta[name=demo-key]')?.content || null;

/** Returns the key of this tab, null if there is none, and its setter. Null forgets the key. The demo's key is used unless the person replaced or removed it. */
export function useKey(): [string | null, (key: string | null) => void] {
  const [key, setKey] = useState(() => sessionStorage.getItem(item) ?? demoKey);
  const store = (next: string | null) => {
    // An empty text is kept, so that a reload does not bring back the demo's key.
    sessionStorage.setItem(item, next ?? '');
    setKey(next);
  };
  return [key === '' ? null : key, store];
}

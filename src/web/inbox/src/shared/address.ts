import { useMemo, useSyncExternalStore } from 'react';

/** The state of the page, kept after `#` in its address: a reload, a bookmark and the back button restore it, and no server sees it. */
export interface Address {
  /** Global id of the open conversation. */
  conversation?: string | undefined;
  /** Global id of the message that the thread is opened at. */
  message?: string | undefined;
  /** The text of the search. */
  search?: string | undefined;
  /** Filters of the list: global id of a phone number, part of a contact, `in` or `out`, `yes`. */
  number?: string | undefined;
  contact?: string | undefined;
  consent?: string | undefined;
  unread?: string | undefined;
  /** `yes`: the side panel is open. */
  details?: string | undefined;
}

const parse = (hash: string): Address => Object.fromEntries(new URLSearchParams(hash.slice(1)));

function format(address: Address): string {
  const given = Object.entries(address).filter(([, value]) => value !== undefined && value !== '') as [string, string][];
  return `#${new URLSearchParams(given)}`;
}

function subscribe(onChange: () => void): () => void {
  const events = ['hashchange', 'popstate', 'parley:go'];
  for (const event of events) addEventListener(event, onChange);
  return () => {
    for (const event of events) removeEventListener(event, onChange);
  };
}

/** Returns the address, and the link to it with some parts changed. */
export function useAddress(): [Address, (changes: Address) => string] {
  const hash = useSyncExternalStore(subscribe, () => location.hash);
  const address = useMemo(() => parse(hash), [hash]);
  return [address, (changes) => format({ ...address, ...changes })];
}

/** Changes parts of the address. `replace`: without a new step of the back button, as for each letter of a text. */
export function go(changes: Address, { replace = false } = {}): void {
  const link = format({ ...parse(location.hash), ...changes });
  history[replace ? 'replaceState' : 'pushState'](null, '', link);
  dispatchEvent(new Event('parley:go'));
}

import { useEffect, useRef } from 'react';
import { go, useAddress } from '../shared/address.ts';

/** The field of the search. The key `/` moves the focus to it, Escape clears it. */
export function SearchBox() {
  const [address] = useAddress();
  const input = useRef<HTMLInputElement>(null);
  useEffect(() => {
    const focus = (event: KeyboardEvent) => {
      const typing = event.target instanceof HTMLElement && event.target.matches('input, select, textarea');
      if (event.key !== '/' || typing) return;
      event.preventDefault();
      input.current?.focus();
    };
    addEventListener('keydown', focus);
    return () => removeEventListener('keydown', focus);
  }, []);
  return (
    <search className="search">
      <input
        ref={input}
        type="search"
        aria-label="Search all messages"
        placeholder="Search messages"
        aria-keyshortcuts="/"
        maxLength={256}
        value={address.search ?? ''}
        onChange={({ target }) => go({ search: target.value }, { replace: true })}
        onKeyDown={({ key }) => key === 'Escape' && go({ search: '' }, { replace: true })}
      />
    </search>
  );
}

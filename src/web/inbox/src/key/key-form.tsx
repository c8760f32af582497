import type { FormEvent } from 'react';
import { Brand } from '../shared/brand.tsx';
import { demoKey } from './stored-key.ts';

interface Props {
  /** The reason why a key is needed. */
  problem?: string | undefined;
  onKey: (key: string) => void;
}

/** The page that asks for a key. */
export function KeyForm({ problem, onKey }: Props) {
  const submit = (event: FormEvent<HTMLFormElement>) => {
    event.preventDefault();
    const key = String(new FormData(event.currentTarget).get('key')).trim();
    if (key !== '') onKey(key);
  };
  return (
    <main className="key-page">
      <Brand />
      <h1>Inbox</h1>
      {problem !== undefined && (
        <p role="alert" className="problem">
          {problem}
        </p>
      )}
      <form onSubmit={submit}>
        <label htmlFor="key">API key</label>
        <input id="key" name="key" type="password" autoComplete="off" spellCheck={false} required aria-describedby="key-help" />
        <p id="key-help" className="hint">
          A key with the scope <code>conversations:read</code>; with <code>conversations:write</code> you can also mark conversations as
          read. It is kept for this tab only. <code>parley key create --org ID --name Inbox --scope conversations:read</code> prints a new
          one.
        </p>
        <button type="submit" className="primary">
          Open the inbox
        </button>
        {demoKey !== null && (
          <button type="button" onClick={() => onKey(demoKey as string)}>
            Use the demo’s key
          </button>
        )}
      </form>
    </main>
  );
}

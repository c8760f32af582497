import { useDeferredValue, useState } from 'react';
import { graphql, useLazyLoadQuery } from 'react-relay';
import { Brand } from '../shared/brand.tsx';
import { Part } from '../shared/part.tsx';
import type { statsNumbersQuery } from './__generated__/statsNumbersQuery.graphql.ts';
import { Counts } from './counts.tsx';

/** The page of statistics: the messages of some days, of all numbers or of one. */
export function Stats({ onLeave }: { onLeave: () => void }) {
  const { viewer, phoneNumbers } = useLazyLoadQuery<statsNumbersQuery>(
    graphql`
      query statsNumbersQuery {
        viewer { organization { name } }
        phoneNumbers(first: 200) { nodes { id e164 } }
      }
    `,
    {},
  );
  const [days, setDays] = useState(30);
  const [number, setNumber] = useState('');
  const shown = { days: useDeferredValue(days), number: useDeferredValue(number) };
  return (
    <main className="stats">
      <header className="stats-header">
        <div>
          <Brand />
          <h1>Messages</h1>
          <p className="hint">{viewer.organization.name}</p>
        </div>
        <select aria-label="Days" value={days} onChange={({ target }) => setDays(Number(target.value))}>
          <option value={30}>30 days</option>
          <option value={90}>90 days</option>
          <option value={365}>365 days</option>
        </select>
        <select aria-label="Phone number" value={number} onChange={({ target }) => setNumber(target.value)}>
          <option value="">All conversations</option>
          {phoneNumbers?.nodes.map(({ id, e164 }) => (
            <option key={id} value={id}>
              {e164}
            </option>
          ))}
        </select>
        <a href="/inbox">Inbox</a>
        <button type="button" onClick={onLeave}>
          Change key
        </button>
      </header>
      <Part key={`${shown.days} ${shown.number}`}>
        {(attempt) => <Counts days={shown.days} number={shown.number} fetchKey={`${attempt}`} />}
      </Part>
    </main>
  );
}

import { graphql, useFragment } from 'react-relay';
import { type Address, go, useAddress } from '../shared/address.ts';
import type { filters_query$key } from './__generated__/filters_query.graphql.ts';

/** The controls above the list. */
export function Filters({ query }: { query: filters_query$key }) {
  const { phoneNumbers } = useFragment(
    graphql`
      fragment filters_query on Query {
        phoneNumbers(first: 200) { nodes { id e164 } }
      }
    `,
    query,
  );
  const [address] = useAddress();
  const set = (changes: Address) => go(changes, { replace: true });
  return (
    <fieldset className="filters">
      <legend className="hidden">Filter the conversations</legend>
      <input
        type="search"
        aria-label="Contact, title or name"
        placeholder="Contact"
        value={address.contact ?? ''}
        maxLength={256}
        onChange={({ target }) => set({ contact: target.value })}
      />
      <select aria-label="Phone number" value={address.number ?? ''} onChange={({ target }) => set({ number: target.value })}>
        <option value="">All numbers</option>
        {phoneNumbers?.nodes.map(({ id, e164 }) => (
          <option key={id} value={id}>
            {e164}
          </option>
        ))}
      </select>
      <select aria-label="Consent" value={address.consent ?? ''} onChange={({ target }) => set({ consent: target.value })}>
        <option value="">Any consent</option>
        <option value="in">Opted in</option>
        <option value="out">Opted out</option>
      </select>
      <label className="check">
        <input type="checkbox" checked={address.unread === 'yes'} onChange={({ target }) => set({ unread: target.checked ? 'yes' : '' })} />
        Unread
      </label>
    </fieldset>
  );
}

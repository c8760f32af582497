import type { ReactNode } from 'react';
import { graphql, useFragment, useLazyLoadQuery } from 'react-relay';
import { go } from '../shared/address.ts';
import { instantOf } from '../shared/times.ts';
import type { details_conversation$data, details_conversation$key } from './__generated__/details_conversation.graphql.ts';
import type { detailsQuery } from './__generated__/detailsQuery.graphql.ts';

/** The side panel: consent, agent, participants and metadata of the open conversation. */
export function Details({ id, fetchKey }: { id: string; fetchKey: string }) {
  const { conversation } = useLazyLoadQuery<detailsQuery>(
    graphql`
      query detailsQuery($id: ID!) {
        conversation(id: $id) { ...details_conversation }
      }
    `,
    { id },
    { fetchKey, fetchPolicy: 'store-and-network' },
  );
  return (
    <>
      <div className="details-top">
        <h2>Details</h2>
        <button type="button" onClick={() => go({ details: '' }, { replace: true })}>
          Close
        </button>
      </div>
      {conversation == null ? <p className="empty">This conversation does not exist.</p> : <Facts conversation={conversation} />}
    </>
  );
}

function Facts({ conversation }: { conversation: details_conversation$key }) {
  const data = useFragment(
    graphql`
      fragment details_conversation on Conversation {
        type
        contactNumber
        createdAt
        archivedAt
        readThrough
        metadata
        phoneNumber { e164 }
        agent { name }
        consent { optedIn optedInAt optedOutAt }
        background { imageUrl }
        people: participants(first: 20) { totalCount nodes { id name title department { name } } }
      }
    `,
    conversation,
  );
  const { people, background, metadata } = data;
  return (
    <>
      <dl>
        <Fact name="Consent">{consentOf(data)}</Fact>
        <Fact name="Contact">{data.contactNumber}</Fact>
        <Fact name="Our number">{data.phoneNumber?.e164}</Fact>
        <Fact name="Agent">{data.agent?.name}</Fact>
        <Fact name="First message">{instantOf(data.createdAt)}</Fact>
        <Fact name="Read through">{data.readThrough && instantOf(data.readThrough)}</Fact>
        <Fact name="Archived">{data.archivedAt && instantOf(data.archivedAt)}</Fact>
        <Fact name="Background">
          {background && (
            <a href={background.imageUrl} target="_blank" rel="noreferrer noopener">
              Picture
            </a>
          )}
        </Fact>
      </dl>
      <h3>People</h3>
      <ul className="people">
        {people?.nodes.map(({ id, name, title, department }) => (
          <li key={id}>
            {name}
            {(title ?? department) && <span className="hint"> {[title, department?.name].filter(Boolean).join(', ')}</span>}
          </li>
        ))}
        {people != null && people.totalCount > people.nodes.length && (
          <li className="hint">and {people.totalCount - people.nodes.length} more</li>
        )}
      </ul>
      <h3>Metadata</h3>
      {metadata == null ? (
        <p className="hint">None</p>
      ) : (
        <dl>
          {Object.entries(metadata).map(([name, value]) => (
            <Fact key={name} name={name}>
              {typeof value === 'string' ? value : JSON.stringify(value)}
            </Fact>
          ))}
        </dl>
      )}
    </>
  );
}

function Fact({ name, children }: { name: string; children: ReactNode }) {
  if (children == null || children === '') return null;
  return (
    <>
      <dt>{name}</dt>
      <dd>{children}</dd>
    </>
  );
}

function consentOf({ type, consent }: details_conversation$data): string | null {
  if (type !== 'PHONE') return null;
  if (consent == null) return 'No answer';
  const at = consent.optedIn ? consent.optedInAt : consent.optedOutAt;
  return `${consent.optedIn ? 'Opted in' : 'Opted out'}${at == null ? '' : ` on ${instantOf(at)}`}`;
}

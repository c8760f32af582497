import { expect, test } from 'vitest';
import { useApp } from '../../../support/harness.ts';
import { chatLine, phoneLine } from '../../../support/lines.ts';
import { exportedLine, merge } from './merging.ts';

const h = useApp();
const database = () => h.app.database;
const later = '2026-02-01T00:00:00Z';

test('the author is the given person, else the contact, else the agent, else the organization', async () => {
  const { id } = await h.tenant();
  const person = { externalId: 'ann', firstName: 'Ann', lastName: 'Lee', title: 'Dr' };
  const agent = { externalId: 'bot', name: 'Bot' };
  const reaction = (direction: string, more = {}) => ({ type: 'like', direction, createdAt: later, ...more });
  await merge(database(), id, [
    phoneLine({ externalId: 'contact', reactions: [reaction('outbound'), reaction('inbound', { fromNumber: '+15550000077' })] }),
    phoneLine({ externalId: 'agent', direction: 'outbound', agent, reactions: [reaction('outbound'), reaction('inbound')] }),
    phoneLine({ externalId: 'organization', direction: 'outbound' }),
    phoneLine({ externalId: 'person', direction: 'outbound', agent, author: person }),
    chatLine({
      externalId: 'chat',
      author: { externalId: 'ann', firstName: 'Anna', lastName: 'Lee' },
      reactions: [reaction('inbound', { author: person })],
    }),
  ]);
  const authors = await database().query<{ what: string; who: string }>({
    label: 'test_authors',
    text: `select x.what, p.kind || coalesce(' ' || coalesce(p.contact_number, p.external_id, a.external_id), '') as who
      from (select external_id as what, author_id from visible_messages where organization_id = $1
        union all select 'on ' || m.external_id || ' ' || r.direction, r.author_id from reactions r
          join visible_messages m on m.organization_id = $1 and m.id = r.message_id where r.organization_id = $1) x
      join participants p on p.organization_id = $1 and p.id = x.author_id left join agents a on a.organization_id = $1 and a.id = p.agent_id`,
    values: [id],
  });
  expect(Object.fromEntries(authors.map(({ what, who }) => [what, who]))).toEqual({
    contact: 'CONTACT +15550000002',
    'on contact OUTBOUND': 'ORGANIZATION',
    'on contact INBOUND': 'CONTACT +15550000077',
    agent: 'AGENT bot',
    'on agent OUTBOUND': 'AGENT bot',
    'on agent INBOUND': 'CONTACT +15550000002',
    organization: 'ORGANIZATION',
    person: 'PERSON ann',
    chat: 'PERSON ann',
    'on chat INBOUND': 'PERSON ann',
  });
  expect(await exportedLine(database(), id, 'person')).toMatchObject({ author: person });
});

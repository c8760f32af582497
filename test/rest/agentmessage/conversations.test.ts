import { beforeAll, describe, expect, test } from 'vitest';
import { type Tenant, useApp } from '../../support/harness.ts';
import { chatLine, phoneLine } from '../../support/lines.ts';
import { client, type Item } from './client.ts';

const parley = useApp();
const agentmessage = client(parley);
let tenant: Tenant;

const ann = { contactNumber: '+15550000101' };
const bob = { contactNumber: '+15550000102' };
const cho = { contactNumber: '+85255501003' };
const family = '👨‍👩‍👧‍👦';

beforeAll(async () => {
  tenant = await parley.tenant();
  await parley.importLines(tenant, [
    phoneLine({ ...ann, createdAt: '2026-03-01T10:00:00Z', consent: { optedIn: true, at: '2026-03-01T10:00:00Z' } }),
    phoneLine({ ...ann, createdAt: '2026-03-01T11:00:00.250Z', direction: 'outbound', body: 'x'.repeat(159) + family + family }),
    phoneLine({ ...bob, createdAt: '2026-03-02T10:00:00Z', consent: { optedIn: true, at: '2026-03-02T10:00:00Z' } }),
    phoneLine({ ...bob, createdAt: '2026-03-02T11:00:00Z', consent: { optedIn: false, at: '2026-03-02T11:00:00Z' } }),
    phoneLine({
      ...cho,
      createdAt: '2026-03-03T10:00:00Z',
      phoneNumber: '+15550000002',
      consent: { optedIn: false, at: '2026-03-03T10:00:00Z' },
    }),
    phoneLine({ contactNumber: '+15550000104', createdAt: '2026-03-04T10:00:00Z', body: null, mediaUrls: ['https://media.example/1.png'] }),
    chatLine({ createdAt: '2026-03-05T10:00:00Z' }),
  ]);
});

const contacts = ({ data }: { data: Item[] }) => data.map((item) => item.contact_number);

test('lists phone conversations newest first, without workplace chats', async () => {
  const page = await agentmessage.conversations(tenant.key);
  expect(contacts(page)).toEqual(['+15550000104', cho.contactNumber, bob.contactNumber, ann.contactNumber]);
  expect(page.meta).toEqual({ total: 4, limit: 50, offset: 0, next_cursor: null });
});

test('cuts the preview before the 161st character, even if that is an emoji of several code points', async () => {
  const { data } = await agentmessage.conversations(tenant.key, { contact_number: ann.contactNumber });
  expect(data[0]).toMatchObject({
    last_message_preview: 'x'.repeat(159) + family,
    last_message_at: '2026-03-01T11:00:00.250Z',
    last_message_direction: 'outbound',
    message_count: 2,
    consent: { opted_in: true, opted_in_at: '2026-03-01T10:00:00Z' },
  });
});

test.each([
  ['an accent belongs to the 160th character', `${'x'.repeat(160)}\u0301yz`, `${'x'.repeat(160)}\u0301`],
  ['plain text is cut after 160 characters', 'x'.repeat(161), 'x'.repeat(160)],
])('preview: %s', async (_name, body, last_message_preview) => {
  const other = await parley.tenant();
  await parley.importLines(other, [phoneLine({ body })]);
  expect((await agentmessage.conversations(other.key)).data).toMatchObject([{ last_message_preview }]);
});

test('shows an empty preview, not redacted, for a message with media and no text', async () => {
  const { data } = await agentmessage.conversations(tenant.key, { contact_number: '+15550000104' });
  expect(data[0]).toMatchObject({ last_message_preview: '', last_message_body_redacted_at: null });
});

test('shows the latest answer and the time of the latest consent', async () => {
  const consents = Object.fromEntries(
    (await agentmessage.conversations(tenant.key)).data.map((item) => [item.contact_number, item.consent]),
  );
  expect(consents).toEqual({
    [ann.contactNumber]: { opted_in: true, opted_in_at: '2026-03-01T10:00:00Z' },
    [bob.contactNumber]: { opted_in: false, opted_in_at: '2026-03-02T10:00:00Z' },
    [cho.contactNumber]: { opted_in: false, opted_in_at: null },
    '+15550000104': null,
  });
});

describe('filters', () => {
  test.each<[string, Record<string, string>, string[]]>([
    ['contact', { contact_number: bob.contactNumber }, [bob.contactNumber]],
    ['unknown contact', { contact_number: '+15559999999' }, []],
    ['since, the instant itself', { since: '2026-03-03T10:00:00Z' }, ['+15550000104', cho.contactNumber]],
    ['since, a millisecond later', { since: '2026-03-03T10:00:00.001Z' }, ['+15550000104']],
    ['since, with an offset', { since: '2026-03-03T12:00:00+02:00' }, ['+15550000104', cho.contactNumber]],
    ['opted in', { opted_in: 'true' }, [ann.contactNumber]],
    ['opted out: not those without an answer', { opted_in: 'false' }, [cho.contactNumber, bob.contactNumber]],
    ['two at once', { opted_in: 'false', since: '2026-03-03T00:00:00Z' }, [cho.contactNumber]],
    ['unknown phone number', { phone_number_id: '7c1f0a2d-9e8b-4c3a-9d2e-1f0a2b3c4d5e' }, []],
    ['an unknown parameter', { color: 'red', contact_number: bob.contactNumber }, [bob.contactNumber]],
  ])('%s', async (_name, query, expected) => {
    const page = await agentmessage.conversations(tenant.key, query);
    expect(contacts(page)).toEqual(expected);
    expect(page.meta.total).toBe(expected.length);
  });

  test('filters by phone number id, in upper and lower case', async () => {
    const id = String((await agentmessage.conversations(tenant.key, { contact_number: cho.contactNumber })).data[0]?.phone_number_id);
    for (const phone_number_id of [id, id.toUpperCase()]) {
      const page = await agentmessage.conversations(tenant.key, { phone_number_id });
      expect(contacts(page)).toEqual([cho.contactNumber]);
    }
  });

  test('restores a + that arrived as a space', async () => {
    for (const search of [`contact_number=${bob.contactNumber}`, `contact_number=%20${bob.contactNumber.slice(1)}`]) {
      const response = await parley.fetch(`/v1/conversations?${search}`, tenant.key);
      expect(contacts(await response.json())).toEqual([bob.contactNumber]);
    }
    const response = await parley.fetch('/v1/conversations?since=2026-03-04T12:00:00+02:00', tenant.key);
    expect(contacts(await response.json())).toEqual(['+15550000104']);
  });
});

test('returns a cursor for the next page, and null on the last page', async () => {
  const first = await agentmessage.conversations(tenant.key, { limit: 3 });
  expect(first.meta).toEqual({ total: 4, limit: 3, offset: 0, next_cursor: expect.stringMatching(/^[\w-]+$/) });
  const second = await agentmessage.conversations(tenant.key, { limit: 1, cursor: String(first.meta.next_cursor) });
  expect(second.meta).toEqual({ total: 4, limit: 1, offset: 0, next_cursor: null });
  expect([...contacts(first), ...contacts(second)]).toEqual(contacts(await agentmessage.conversations(tenant.key)));
});

test('accepts and returns the cursors of GraphQL', async () => {
  const { meta } = await agentmessage.conversations(tenant.key, { limit: 2 });
  const query =
    'query ($after: String) { conversations(after: $after, filter: { types: [PHONE] }) { nodes { contactNumber } pageInfo { startCursor } } }';
  const { data } = await parley.graphql(tenant.key, query, { after: meta.next_cursor });
  expect(data.conversations.nodes.map((node: { contactNumber: string }) => node.contactNumber)).toEqual([
    bob.contactNumber,
    ann.contactNumber,
  ]);
  const back = await agentmessage.conversations(tenant.key, { cursor: data.conversations.pageInfo.startCursor });
  expect(contacts(back)).toEqual([ann.contactNumber]);
});

test('runs one statement for the page and one for each relation', async () => {
  const statements = await parley.statements(() => agentmessage.conversations(tenant.key));
  expect(statements.sort()).toEqual(['consents', 'conversations', 'messages']);
});

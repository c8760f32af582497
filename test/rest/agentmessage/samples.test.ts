// The samples of the vendor's documents: the same data gives the same items, key for key and in the same order.
import { beforeAll, expect, test } from 'vitest';
import { type Tenant, useApp } from '../../support/harness.ts';
import { phoneLine } from '../../support/lines.ts';
import { client } from './client.ts';

const parley = useApp();
const agentmessage = client(parley);
let tenant: Tenant;

const number = '+15551112222';
const lines = [
  { contactNumber: '+15554443333', createdAt: '2026-04-01T09:00:00Z', body: 'YES', consent: { optedIn: true, at: '2026-04-01T09:00:00Z' } },
  {
    contactNumber: '+15554443333',
    createdAt: '2026-01-10T08:00:00Z',
    direction: 'outbound',
    body: null,
    redactedAt: '2026-04-10T03:11:42Z',
  },
  { contactNumber: '+15554443333', createdAt: '2026-04-28T11:00:00Z', direction: 'outbound', body: 'Confirmed for Tuesday at 10am.' },
  { contactNumber: '+15554443333', createdAt: '2026-04-28T12:00:01Z', body: 'Cancel my appointment please' },
  {
    contactNumber: '+15558889999',
    createdAt: '2026-01-10T08:00:00Z',
    direction: 'outbound',
    body: null,
    redactedAt: '2026-04-10T03:11:42Z',
  },
];

beforeAll(async () => {
  tenant = await parley.tenant();
  await parley.importLines(
    tenant,
    lines.map((line) => phoneLine({ phoneNumber: number, ...line })),
  );
});

const uuid = expect.stringMatching(/^[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}$/);

test('lists conversations as in the sample', async () => {
  const page = await agentmessage.conversations(tenant.key);
  const sample = {
    success: true,
    data: [
      {
        id: expect.stringMatching(/^[\w-]{23}$/),
        phone_number_id: uuid,
        phone_number: '+15551112222',
        contact_number: '+15554443333',
        last_message_at: '2026-04-28T12:00:01Z',
        last_message_direction: 'inbound',
        last_message_preview: 'Cancel my appointment please',
        last_message_body_redacted_at: null,
        message_count: 4,
        consent: { opted_in: true, opted_in_at: '2026-04-01T09:00:00Z' },
      },
      {
        id: expect.stringMatching(/^[\w-]{23}$/),
        phone_number_id: uuid,
        phone_number: '+15551112222',
        contact_number: '+15558889999',
        last_message_at: '2026-01-10T08:00:00Z',
        last_message_direction: 'outbound',
        last_message_preview: '[redacted]',
        last_message_body_redacted_at: '2026-04-10T03:11:42Z',
        message_count: 1,
        consent: null,
      },
    ],
    meta: { total: 2, limit: 50, offset: 0, next_cursor: null },
  };
  expect(page).toEqual(sample);
  expect(keysOf(page)).toEqual(keysOf(sample));
});

test('lists messages as in the sample', async () => {
  const [conversation] = (await agentmessage.conversations(tenant.key)).data;
  const page = await agentmessage.messages(tenant.key, String(conversation?.id), { order: 'desc' });
  const shared = { id: uuid, phone_number_id: conversation?.phone_number_id };
  const sample = {
    success: true,
    data: [
      {
        id: shared.id,
        direction: 'inbound',
        phone_number_id: shared.phone_number_id,
        from_number: '+15554443333',
        to_number: '+15551112222',
        body: 'Cancel my appointment please',
        media_urls: [],
        channel: 'sms',
        segment_count: 1,
        created_at: '2026-04-28T12:00:01Z',
        redacted_at: null,
      },
      {
        id: shared.id,
        direction: 'outbound',
        phone_number_id: shared.phone_number_id,
        from_number: '+15551112222',
        to_number: '+15554443333',
        body: 'Confirmed for Tuesday at 10am.',
        media_urls: [],
        channel: 'sms',
        segment_count: 1,
        status: 'delivered',
        created_at: '2026-04-28T11:00:00Z',
        redacted_at: null,
      },
      expect.objectContaining({ body: 'YES' }),
      {
        id: shared.id,
        direction: 'outbound',
        phone_number_id: shared.phone_number_id,
        from_number: '+15551112222',
        to_number: '+15554443333',
        body: null,
        media_urls: [],
        channel: 'sms',
        segment_count: 1,
        status: 'delivered',
        created_at: '2026-01-10T08:00:00Z',
        redacted_at: '2026-04-10T03:11:42Z',
      },
    ],
    meta: { total: 4, limit: 50, offset: 0, next_cursor: null },
  };
  expect(page).toEqual(sample);
  expect(page.data.map((item) => Object.keys(item))).toEqual(
    page.data.map(({ direction }) => Object.keys(sample.data[direction === 'outbound' ? 1 : 0] ?? {})),
  );
});

/** Returns every key in its order, at every depth. */
function keysOf(value: unknown): unknown {
  if (Array.isArray(value)) return value.map(keysOf);
  if (typeof value !== 'object' || value === null || 'asymmetricMatch' in value) return null;
  return Object.entries(value).map(([key, inner]) => [key, keysOf(inner)]);
}

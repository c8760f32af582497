// The samples of the vendor's documents.

const phone_number_id = '7c1f0a2d-9e8b-4c3a-9d2e-1f0a2b3c4d5e';
const ours = '+15551112222';
const theirs = '+15554443333';

export const conversationPageExample = {
  success: true as const,
  data: [
    {
      id: 'BlobLD1OX2eJq83vASNFZ4k',
      phone_number_id,
      phone_number: ours,
      contact_number: theirs,
      last_message_at: '2026-04-28T12:00:01Z',
      last_message_direction: 'inbound' as const,
      last_message_preview: 'Cancel my appointment please',
      last_message_body_redacted_at: null,
      message_count: 14,
      consent: { opted_in: true, opted_in_at: '2026-04-01T09:00:00Z' },
    },
    {
      id: 'BgGQobLD1OX2p7jJ0OHyo7k',
      phone_number_id,
      phone_number: ours,
      contact_number: '+15558889999',
      last_message_at: '2026-01-10T08:00:00Z',
      last_message_direction: 'outbound' as const,
      last_message_preview: '[redacted]',
      last_message_body_redacted_at: '2026-04-10T03:11:42Z',
      message_count: 6,
      consent: null,
    },
  ],
  meta: { total: 2, limit: 50, offset: 0 as const, next_cursor: null },
};

const inbound = { direction: 'inbound', phone_number_id, from_number: theirs, to_number: ours, channel: 'sms', segment_count: 1 } as const;
const outbound = { ...inbound, direction: 'outbound', from_number: ours, to_number: theirs, status: 'delivered' } as const;

/** In the order that the contract states; the vendor's sample shows the newest first. */
export const messagePageExample = {
  success: true as const,
  data: [
    {
      ...outbound,
      id: '0190a1b2-c3d4-e5f6-a7b8-c9d0e1f2a3b9',
      body: null,
      media_urls: [],
      created_at: '2026-01-10T08:00:00Z',
      redacted_at: '2026-04-10T03:11:42Z',
    },
    {
      ...outbound,
      id: '8f3a2b1c-1c2d-4e5f-9a8b-0c1d2e3f4a5b',
      body: 'Confirmed for Tuesday at 10am.',
      media_urls: [],
      created_at: '2026-04-28T11:00:00Z',
      redacted_at: null,
    },
    {
      ...inbound,
      id: '5a1b2c3d-4e5f-6789-abcd-ef0123456789',
      body: 'Cancel my appointment please',
      media_urls: [],
      created_at: '2026-04-28T12:00:01Z',
      redacted_at: null,
    },
  ],
  meta: { total: 3, limit: 50, offset: 0 as const, next_cursor: null },
};

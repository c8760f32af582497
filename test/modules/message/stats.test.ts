// Messages per day and per channel.
import { randomUUID } from 'node:crypto';
import { beforeAll, describe, expect, test } from 'vitest';
import { updateRetention } from '../../../src/modules/organization/commands/update-retention.ts';
import { encodeId } from '../../../src/values/ids.ts';
import { explainEach } from '../../support/explain.ts';
import { type Tenant, useApp } from '../../support/harness.ts';
import { chatLine, phoneLine } from '../../support/lines.ts';

const parley = useApp();

const document = `query ($since: Date, $until: Date, $timeZone: String, $filter: MessageStatsFilter) {
  messageStats(since: $since, until: $until, timeZone: $timeZone, filter: $filter) {
    since until timeZone messageCount inboundCount outboundCount
    channels { channel messageCount inboundCount outboundCount }
    days { date messageCount inboundCount outboundCount channels { channel messageCount inboundCount outboundCount } } } }`;

interface Counts {
  messageCount: number;
  inboundCount: number;
  outboundCount: number;
}

interface Stats extends Counts {
  since: string;
  until: string;
  channels: (Counts & { channel: string })[];
  days: (Counts & { date: string; channels: (Counts & { channel: string })[] })[];
}

async function stats({ key }: Tenant, variables: Record<string, unknown> = {}): Promise<Stats> {
  const { data, errors } = await parley.graphql(key, document, variables);
  expect(errors).toBeUndefined();
  return data.messageStats;
}

const numbers = ({ messageCount, inboundCount, outboundCount }: Counts) => [messageCount, inboundCount, outboundCount];
/** The days that have messages. */
const filled = ({ days }: Stats) => days.filter(({ messageCount }) => messageCount > 0).map((day) => [day.date, ...numbers(day)]);

/** The last millisecond of a day in UTC, and the first ones of the next: 1 to 3 March 2026. */
const instants = [
  '2026-03-01T23:59:59.999Z',
  '2026-03-02T00:00:00Z',
  '2026-03-02T12:00:00Z',
  '2026-03-03T22:30:00Z',
  '2026-03-03T23:30:00Z',
];
const range = { since: '2026-03-01', until: '2026-03-03' };

describe('of an organization', () => {
  let tenant: Tenant;

  beforeAll(async () => {
    tenant = await parley.tenant();
    await parley.importLines(tenant, [
      phoneLine({ createdAt: '2026-02-28T23:59:59.999Z' }),
      phoneLine({ createdAt: instants[0] }),
      phoneLine({ createdAt: instants[1], direction: 'outbound' }),
      phoneLine({ createdAt: instants[2], channel: 'whatsapp', contactNumber: '+15550000003' }),
      phoneLine({ createdAt: instants[3], phoneNumber: '+15550000009', deletedAt: '2026-03-04T00:00:00Z' }),
      chatLine({ createdAt: instants[4], direction: 'outbound', kind: 'service' }),
      phoneLine({ createdAt: '2026-03-04T00:00:00Z' }),
    ]);
  });

  test('has each day of the range, its channels and both directions', async () => {
    const one = { messageCount: 1, inboundCount: 1, outboundCount: 0 };
    const sent = { messageCount: 1, inboundCount: 0, outboundCount: 1 };
    const two = { messageCount: 2, inboundCount: 1, outboundCount: 1 };
    expect(await stats(tenant, range)).toEqual({
      ...range,
      timeZone: 'UTC',
      messageCount: 5,
      inboundCount: 3,
      outboundCount: 2,
      channels: [
        { channel: 'SMS', messageCount: 3, inboundCount: 2, outboundCount: 1 },
        { channel: 'WHATSAPP', ...one },
        { channel: 'CHAT', ...sent },
      ],
      days: [
        { date: '2026-03-01', ...one, channels: [{ channel: 'SMS', ...one }] },
        {
          date: '2026-03-02',
          ...two,
          channels: [
            { channel: 'SMS', ...sent },
            { channel: 'WHATSAPP', ...one },
          ],
        },
        {
          date: '2026-03-03',
          ...two,
          channels: [
            { channel: 'SMS', ...one },
            { channel: 'CHAT', ...sent },
          ],
        },
      ],
    });
    const empty = await stats(tenant, { since: '2025-01-01', until: '2025-01-01' });
    expect(empty).toMatchObject({ messageCount: 0, channels: [], days: [{ date: '2025-01-01', messageCount: 0, channels: [] }] });
  });

  test('has the days of a time zone', async () => {
    expect(filled(await stats(tenant, { ...range, timeZone: 'Europe/Berlin' }))).toEqual([
      ['2026-03-01', 1, 1, 0],
      ['2026-03-02', 3, 2, 1],
      ['2026-03-03', 1, 1, 0],
    ]);
  });

  test('can be those of a conversation or of a phone number', async () => {
    const { data } = await parley.graphql(tenant.key, '{ conversations { nodes { id messageCount phoneNumber { id } } } }');
    const { nodes }: { nodes: { id: string; messageCount: number; phoneNumber: { id: string } | null }[] } = data.conversations;
    const wide = { since: '2026-01-01', until: '2026-12-31' };
    for (const { id, messageCount } of nodes)
      expect(await stats(tenant, { ...wide, filter: { conversationId: id } })).toMatchObject({ messageCount });
    for (const [phoneNumberId, own] of Map.groupBy(nodes, ({ phoneNumber }) => phoneNumber?.id)) {
      if (phoneNumberId === undefined) continue;
      const messageCount = own.reduce((sum, each) => sum + each.messageCount, 0);
      expect(await stats(tenant, { ...wide, filter: { phoneNumberId } })).toMatchObject({ messageCount });
      expect(await stats(tenant, { ...wide, filter: { phoneNumberId, conversationId: own[0]?.id } })).toMatchObject({
        messageCount: own[0]?.messageCount,
      });
    }
    expect(nodes).toHaveLength(4);
  });

  test('stay the same when messages are redacted', async () => {
    const redacted = await parley.tenant();
    await parley.importLines(
      redacted,
      instants.map((createdAt) => phoneLine({ createdAt, mediaUrls: ['https://media.test/a.png'] })),
    );
    const before = await stats(redacted, range);
    await updateRetention(parley.app.database, redacted.id, 1);
    expect(await stats(redacted, range)).toEqual(before);
    expect(before).toMatchObject({ messageCount: 5 });
  });

  test('are those of the last 30 days by default, or of the 30 days up to `until`', async () => {
    const other = await parley.tenant();
    const now = Date.now();
    await parley.importLines(
      other,
      [0, 29, 30].map((days) => phoneLine({ createdAt: new Date(now - days * 86_400_000).toISOString() })),
    );
    const usual = await stats(other);
    expect(usual).toMatchObject({ since: usual.days[0]?.date, until: usual.days[29]?.date, messageCount: 2 });
    expect(usual.days).toHaveLength(30);
    expect(await stats(other, { until: '2026-01-30' })).toMatchObject({ since: '2026-01-01', until: '2026-01-30' });
  });

  test('are those of the key’s organization alone, and need conversations:read', async () => {
    const other = await parley.tenant();
    const { data } = await parley.graphql(tenant.key, '{ conversations { nodes { id phoneNumber { id } } } }');
    for (const { id, phoneNumber } of data.conversations.nodes) {
      const filters = [{}, { conversationId: id }, phoneNumber && { phoneNumberId: phoneNumber.id }];
      for (const filter of filters) expect(await stats(other, { ...range, filter })).toMatchObject({ messageCount: 0, channels: [] });
    }
    const unable = await parley.key(tenant.id, ['messages:ingest', 'org:admin:write']);
    expect(await parley.graphql(unable, document, range)).toMatchObject({
      data: { messageStats: null },
      errors: [{ extensions: { code: 'FORBIDDEN', requiredScopes: ['conversations:read'] } }],
    });
  });

  test.each([
    ['since', { since: '2026-03-02', until: '2026-03-01' }],
    ['since', { since: '2025-01-01', until: '2026-01-02' }],
    ['since', { since: '9999-01-01' }],
    ['timeZone', { timeZone: 'Mars/Olympus' }],
    ['timeZone', { timeZone: '' }],
    ['filter.conversationId', { filter: { conversationId: null } }],
  ])('are refused for a wrong %s: %j', async (field, variables) => {
    const { data, errors } = await parley.graphql(tenant.key, document, variables);
    expect(data).toEqual({ messageStats: null });
    expect(errors).toMatchObject([{ extensions: { code: 'BAD_USER_INPUT', field } }]);
  });

  test('are refused for a date that does not exist, and for an id of another type', async () => {
    for (const variables of [{ since: '2026-02-29' }, { filter: { conversationId: encodeId('Message', randomUUID()) } }]) {
      const { errors } = await parley.graphql(tenant.key, document, variables);
      expect(errors).toMatchObject([{ extensions: { code: 'BAD_USER_INPUT' } }]);
    }
  });

  test.each(['0001-01-01', '9999-12-31'])('may be those of %s, in any time zone', async (day) => {
    for (const timeZone of ['UTC', 'Pacific/Kiritimati', 'Pacific/Niue'])
      expect(await stats(tenant, { since: day, until: day, timeZone })).toMatchObject({ messageCount: 0, days: [{ date: day }] });
  });

  test('may be those of 366 days', async () => {
    const { days, messageCount } = await stats(tenant, { since: '2025-03-05', until: '2026-03-05' });
    expect([days.length, messageCount]).toEqual([366, 7]);
  });
});

describe('of many messages', () => {
  /** More than one statement counts, of one instant. */
  const many = 20_003;
  let tenant: Tenant;

  beforeAll(async () => {
    tenant = await parley.tenant();
    await parley.importLines(tenant, [phoneLine({ createdAt: '2026-03-03T00:00:00Z', body: '-' })]);
    await parley.app.database.query({
      label: 'test_many_messages',
      text: `insert into messages (organization_id, id, conversation_id, external_id, author_id, direction, channel, media_urls, segment_count, created_at, created_at_rank, phone_number_id)
        select m.organization_id, gen_random_uuid(), m.conversation_id, nth::text, m.author_id, 'INBOUND', 'RCS', '{}', 1, '2026-03-02T12:00:00Z', nth, m.phone_number_id
        from messages m, generate_series(1, ${many}) nth where m.organization_id = $1 and m.body = '-'`,
      values: [tenant.id],
    });
    await parley.app.database.query({ label: 'test_analyze', text: 'vacuum analyze messages' });
  });

  test('counts each once, in statements of 20,000 messages', async () => {
    const read = await parley.statements(() => stats(tenant, range));
    expect(read.filter((label) => label === 'message_stats')).toHaveLength(2);
    expect(filled(await stats(tenant, range))).toEqual([
      ['2026-03-02', many, many, 0],
      ['2026-03-03', 1, 1, 0],
    ]);
  });

  test('reads an index alone', async () => {
    const [first] = await explainEach(parley.app, ['message_stats'], () => stats(tenant, range));
    expect(first?.nodes.filter((node) => node['Relation Name'] === 'messages')).toMatchObject([
      { 'Node Type': 'Index Only Scan', 'Index Name': 'messages_by_time', 'Actual Rows': 20_000 },
    ]);
  });
});

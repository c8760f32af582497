// The rank of a message among those of its phone number and instant, and the filter that begins behind it.
import { uuidv7 } from 'uuidv7';
import { beforeAll, describe, expect, test } from 'vitest';
import { type Tenant, useApp } from '../../support/harness.ts';
import { chatLine, phoneLine } from '../../support/lines.ts';

const parley = useApp();
const instant = '2026-01-01T00:00:00Z';
const query = `query ($filter: MessageFilter, $first: Int = 200) { phoneNumbers { nodes { e164 messages(first: $first, filter: $filter,
  orderBy: { field: CREATED_AT, direction: ASC }) { nodes { id body createdAt createdAtRank } } } } }`;

interface Shown {
  id: string;
  body: string;
  createdAt: string;
  createdAtRank: number;
}

async function messagesOf({ key }: Tenant, filter: object | null = null): Promise<Shown[]> {
  const { data, errors } = await parley.graphql(key, query, { filter });
  expect(errors).toBeUndefined();
  return data.phoneNumbers.nodes.flatMap(({ messages }: { messages: { nodes: Shown[] } }) => messages.nodes);
}

describe('ranks', () => {
  test('concurrent writers give each message its own rank, in the order of the list', async () => {
    const tenant = await parley.tenant();
    const batch = (writer: number) =>
      Array.from({ length: 5 }, (_, nth) => phoneLine({ contactNumber: `+1555000${writer}00${nth % 2}`, createdAt: instant }));
    await Promise.all(Array.from({ length: 6 }, (_, writer) => parley.importLines(tenant, batch(writer))));
    const messages = await messagesOf(tenant);
    expect(messages.map(({ createdAtRank }) => createdAtRank)).toEqual(Array.from({ length: 30 }, (_, rank) => rank));
  });

  test('a new message comes after stored ones of a gateway whose clock is ahead', async () => {
    const tenant = await parley.tenant();
    await parley.importLines(tenant, [phoneLine({ createdAt: instant, body: 'early', externalId: 'early' })]);
    // Another gateway, whose clock is years ahead, stored a message.
    const ahead = 'ffffffff-ffff-7fff-bfff-ffffffffff00';
    const { database } = parley.app;
    for (const text of [
      'update conversations set last_message_id = null where organization_id = $1',
      `update messages set id = '${ahead}' where organization_id = $1`,
      `update conversations set last_message_id = '${ahead}' where organization_id = $1`,
    ])
      await database.query({ label: 'clock_ahead', text, values: [tenant.id] });
    await parley.importLines(tenant, [phoneLine({ createdAt: instant, body: 'late' }), phoneLine({ createdAt: instant, body: 'later' })]);
    expect((await messagesOf(tenant)).map(({ body, createdAtRank }) => [body, createdAtRank])).toEqual([
      ['early', 0],
      ['late', 1],
      ['later', 2],
    ]);
  });

  test('ranks begin at 0 for each phone number and time; a workplace chat has rank 0', async () => {
    const tenant = await parley.tenant();
    await parley.importLines(tenant, [
      phoneLine({ createdAt: instant }),
      phoneLine({ createdAt: '2026-01-01T00:00:00.001Z' }),
      phoneLine({ createdAt: instant, phoneNumber: '+15550000009' }),
    ]);
    expect((await messagesOf(tenant)).map(({ createdAtRank }) => createdAtRank)).toEqual([0, 0, 0]);
    const chats = await parley.tenant();
    await parley.importLines(chats, [chatLine({}), chatLine({})]);
    const { data } = await parley.graphql(chats.key, '{ conversations { nodes { messages { nodes { createdAtRank } } } } }');
    expect(data.conversations.nodes[0].messages.nodes).toEqual([{ createdAtRank: 0 }, { createdAtRank: 0 }]);
  });

  test('messages of the previous release have distinct ranks, in the order of the list', async () => {
    const tenant = await parley.tenant();
    const record = () => parley.importLines(tenant, [phoneLine({ createdAt: instant }), phoneLine({ createdAt: instant })]);
    await record();
    await writeAsBefore(tenant, ['b', 'a']);
    await record();
    await writeAsBefore(tenant, ['d', 'c']);
    await record();
    const ranks = (await messagesOf(tenant)).map(({ createdAtRank }) => createdAtRank);
    expect(new Set(ranks).size).toBe(10);
    expect(ranks).toEqual(ranks.toSorted((one, other) => one - other));
  });

  /** A batch as the previous release stores it: ids and numbers in the order given, rows in the order of external ids, no rank. */
  async function writeAsBefore({ id }: Tenant, externalIds: readonly string[]): Promise<void> {
    const rows = externalIds.map((externalId) => ({ id: uuidv7(), external_id: externalId }));
    await parley.app.database.query({
      label: 'previous_release',
      text: `insert into messages (organization_id, id, number, conversation_id, external_id, author_id, direction, channel, body, media_urls, segment_count,
          created_at, phone_number_id)
        select m.organization_id, x.id, x.number, m.conversation_id, x.external_id, m.author_id, m.direction, m.channel, m.body, m.media_urls, m.segment_count,
          m.created_at, m.phone_number_id
        from (select *, nextval('messages_number_seq') as number from jsonb_to_recordset($2::jsonb) as x (id uuid, external_id text)) x
        cross join (select * from messages where organization_id = $1 limit 1) m order by x.external_id collate "C"`,
      values: [id, JSON.stringify(rows)],
    });
  }
});

describe('filter', () => {
  let tenant: Tenant;
  let all: Shown[];

  beforeAll(async () => {
    tenant = await parley.tenant();
    await parley.importLines(tenant, [
      phoneLine({ createdAt: '2025-12-31T00:00:00Z' }),
      ...Array.from({ length: 4 }, () => phoneLine({ createdAt: instant })),
      phoneLine({ createdAt: '2026-01-02T00:00:00Z' }),
    ]);
    all = await messagesOf(tenant);
  });

  test.each([0, 1, 3, 9])('sentBeforeRank and sentAfterRank %d divide the messages of one time', async (rank) => {
    const before = await messagesOf(tenant, { sentBefore: instant, sentBeforeRank: rank });
    const after = await messagesOf(tenant, { sentAfter: instant, sentAfterRank: rank });
    const at = all.slice(1, 5);
    expect(before).toEqual([all[0], ...at.filter((message) => message.createdAtRank < rank)]);
    expect(after).toEqual([...at.filter((message) => message.createdAtRank > rank), all[5]]);
  });

  test.each([
    [{ sentBefore: instant, sentBeforeRank: -1 }, 'filter.sentBeforeRank'],
    [{ sentAfter: instant, sentAfterRank: -1 }, 'filter.sentAfterRank'],
    [{ sentBeforeRank: 1 }, 'filter.sentBeforeRank'],
    [{ sentBefore: instant, sentAfterRank: 1 }, 'filter.sentAfterRank'],
  ])('%j is refused', async (filter, field) => {
    const { errors } = await parley.graphql(tenant.key, query, { filter });
    expect(errors).toMatchObject([{ extensions: { code: 'BAD_USER_INPUT', field } }]);
  });
});

import { describe, expect, test } from 'vitest';
import { updateRetention } from '../../../src/modules/organization/commands/update-retention.ts';
import { formatInstant } from '../../../src/values/instant.ts';
import { type Tenant, useApp } from '../../support/harness.ts';
import { phoneLine } from '../../support/lines.ts';

const parley = useApp();
const dayMs = 86_400_000;
const ago = (days: number) => new Date(Date.now() - days * dayMs).toISOString();

interface Seen {
  body: string | null;
  mediaUrls: string[];
  attachments: unknown[];
  redactedAt: string | null;
  isRedacted: boolean;
  createdAt: string;
}

/** Every message of the tenant, oldest first, through GraphQL. */
async function messages({ key }: Tenant): Promise<Seen[]> {
  const { data, errors } = await parley.graphql(
    key,
    '{ conversations { nodes { lastMessagePreview lastMessage { body } messages { nodes { body mediaUrls attachments { url } redactedAt isRedacted createdAt replyTo { body } } } } } }',
  );
  expect(errors).toBeUndefined();
  return data.conversations.nodes[0].messages.nodes;
}

const bodies = (seen: Seen[]) => seen.map(({ body }) => body);
const instants = (seen: Seen[]) => seen.map(({ redactedAt }) => redactedAt);

test('90 → 30 → 365 → none: redacted content stays redacted, and its redactedAt never changes', async () => {
  const tenant = await parley.tenant(90);
  const begun = Date.now();
  const stored = '2026-01-05T06:07:08.009Z';
  await parley.importLines(tenant, [
    phoneLine({ createdAt: ago(400), body: 'older than a year' }),
    phoneLine({ createdAt: ago(100), body: 'past 90 from the start', mediaUrls: ['https://files.test/a.png'] }),
    phoneLine({ createdAt: ago(60), body: 'past 30 only' }),
    phoneLine({ createdAt: ago(50), body: null, redactedAt: stored }),
    phoneLine({ createdAt: ago(10), body: 'within every window' }),
  ]);
  const change = (days: number | null) => updateRetention(parley.app.database, tenant.id, days);

  const at90 = await messages(tenant);
  expect(bodies(at90)).toEqual([null, null, 'past 30 only', null, 'within every window']);
  const [first90, second90] = instants(at90);
  // Past its window already when the history began: then is when it went.
  for (const instant of [first90, second90]) expect(Math.abs(Date.parse(instant ?? '') - begun)).toBeLessThan(30_000);
  expect(instants(at90).slice(2)).toEqual([null, stored, null]);

  const before30 = Date.now();
  await change(30);
  const at30 = await messages(tenant);
  expect(bodies(at30)).toEqual([null, null, null, null, 'within every window']);
  expect(instants(at30)).toEqual([first90, second90, expect.any(String), stored, null]);
  const went = Date.parse(at30[2]?.redactedAt ?? '');
  expect(went).toBeGreaterThanOrEqual(before30 - 1_000);
  expect(went).toBeLessThanOrEqual(Date.now() + 1_000);

  for (const days of [365, null, 90, 30, null]) {
    await change(days);
    const now = await messages(tenant);
    expect(bodies(now)).toEqual(bodies(at30));
    expect(instants(now)).toEqual(instants(at30));
    expect(now[1]).toMatchObject({ mediaUrls: [], attachments: [], isRedacted: true });
  }
});

test('a message redacted under a longer window was redacted exactly that window after it was sent', async () => {
  const tenant = await parley.tenant(90);
  // The policy is older than the message's end of window: as if the organization had been here for a year.
  await parley.app.database.query({
    label: 'test_backdate',
    text: `update retention_policies set effective_from = now() - interval '365 days' where organization_id = $1`,
    values: [tenant.id],
  });
  const createdAt = ago(200);
  await parley.importLines(tenant, [phoneLine({ createdAt, body: 'gone' }), phoneLine({ createdAt: ago(89.999), body: 'here' })]);
  const expected = new Date(Date.parse(createdAt) + 90 * dayMs).toISOString().replace('.000Z', 'Z');
  for (const days of [90, 30, 365, null]) {
    await updateRetention(parley.app.database, tenant.id, days);
    expect((await messages(tenant))[0]).toMatchObject({ body: null, redactedAt: expected });
  }
});

test('a longer window restores nothing, not even messages that are recorded later', async () => {
  const tenant = await parley.tenant(30);
  await updateRetention(parley.app.database, tenant.id, null);
  await parley.importLines(tenant, [
    phoneLine({ createdAt: ago(31), body: 'too late' }),
    phoneLine({ createdAt: ago(1), body: 'in time' }),
  ]);
  expect(bodies(await messages(tenant))).toEqual([null, 'in time']);
});

test('a stored redactedAt stays the same before and after every change', async () => {
  const tenant = await parley.tenant();
  const redactedAt = '2020-02-02T00:00:00Z';
  await parley.importLines(tenant, [phoneLine({ createdAt: '2019-01-01T00:00:00Z', body: null, redactedAt })]);
  for (const days of [90, 30, 365, null]) {
    await updateRetention(parley.app.database, tenant.id, days);
    expect(await messages(tenant)).toMatchObject([{ body: null, redactedAt, isRedacted: true }]);
  }
});

describe('wherever content is shown', () => {
  const image = { name: 'a.png', mime: 'image/png', size: 3, url: 'https://files.test/a.png' };
  const everywhere = `{ conversations { nodes { lastMessagePreview lastMessage { body attachments { url } } messages { nodes { id body mediaUrls attachments { url } replyTo { body mediaUrls attachments { url } } } } } } }`;

  test.each([
    ['past retention', 30, {}],
    ['redacted', null, { body: null, mediaUrls: [], attachments: [], redactedAt: '2026-01-02T00:00:00Z' }],
    ['deleted', null, { deletedAt: '2026-01-02T00:00:00Z' }],
  ])('%s: body, media, attachments, preview, quote and node are blank', async (_name, days, given) => {
    const tenant = await parley.tenant(days);
    const parent = phoneLine({
      createdAt: '2026-01-01T00:00:00Z',
      body: 'SECRET',
      mediaUrls: ['https://files.test/SECRET.png'],
      attachments: [{ ...image, name: 'SECRET' }],
      ...given,
    });
    const reply = phoneLine({ createdAt: '2026-01-01T00:00:01Z', body: 'SECRET', replyTo: parent.externalId, ...given });
    await parley.importLines(tenant, [parent, reply]);
    const { data } = await parley.graphql(tenant.key, everywhere);
    expect(JSON.stringify(data)).not.toContain('SECRET');
    const [conversation] = data.conversations.nodes;
    expect(conversation).toMatchObject({ lastMessagePreview: null, lastMessage: { body: null, attachments: [] } });
    expect(conversation.messages.nodes[1]).toMatchObject({ body: null, replyTo: { body: null, mediaUrls: [], attachments: [] } });
    const node = await parley.graphql(
      tenant.key,
      'query ($id: ID!) { node(id: $id) { ... on Message { body mediaUrls attachments { url } } } }',
      {
        id: conversation.messages.nodes[0].id,
      },
    );
    expect(node.data.node).toEqual({ body: null, mediaUrls: [], attachments: [] });
  });
});

test('redactsAt is the time at which a message is redacted', async () => {
  const tenant = await parley.tenant(30);
  const soon = Date.now() + 3_600_000;
  const times = [soon - 30 * dayMs, soon - 10 * dayMs, soon - 40 * dayMs, soon - 20 * dayMs].map((ms) => new Date(ms).toISOString());
  const [createdAt = '', later = '', past, deleted] = times;
  await parley.importLines(tenant, [
    phoneLine({ createdAt: past }),
    phoneLine({ createdAt }),
    phoneLine({ createdAt: deleted, deletedAt: ago(1) }),
    phoneLine({ createdAt: later }),
  ]);
  const ask = async () => {
    const { data } = await parley.graphql(tenant.key, '{ conversations { nodes { messages { nodes { body redactsAt redactedAt } } } } }');
    return data.conversations.nodes[0].messages.nodes as { body: string | null; redactsAt: string | null; redactedAt: string | null }[];
  };
  const after = (created: string, days: number) => formatInstant(new Date(Date.parse(created) + days * dayMs));
  const before = await ask();
  expect(before.map(({ redactsAt }) => redactsAt)).toEqual([null, after(createdAt, 30), null, after(later, 30)]);
  expect(before[1]?.body).toBe('Hello');

  // Two hours pass: all that the organization has is two hours older.
  const passed = (instant: string) => new Date(Date.parse(instant) - 7_200_000).toISOString();
  await parley.app.database.transaction((tx) =>
    tx.script(`update retention_policies set effective_from = effective_from - interval '2 hours' where organization_id = '${tenant.id}';
      update messages set created_at = created_at - interval '2 hours' where organization_id = '${tenant.id}'`),
  );
  expect((await ask())[1]).toEqual({ body: null, redactsAt: null, redactedAt: after(passed(createdAt), 30) });

  await updateRetention(parley.app.database, tenant.id, 365);
  expect((await ask()).map(({ redactsAt }) => redactsAt)).toEqual([null, null, null, after(passed(later), 365)]);
  await updateRetention(parley.app.database, tenant.id, null);
  expect((await ask()).map(({ redactsAt }) => redactsAt)).toEqual([null, null, null, null]);
});

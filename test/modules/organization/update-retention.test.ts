import { uuidv7 } from 'uuidv7';
import { describe, expect, test } from 'vitest';
import type { Database } from '../../../src/database/database.ts';
import { createOrganization } from '../../../src/modules/organization/commands/create.ts';
import { updateRetention } from '../../../src/modules/organization/commands/update-retention.ts';
import { useApp } from '../../support/harness.ts';

const t = useApp();
const day = 86_400_000;

async function organization(retentionDays: number | null): Promise<string> {
  return (await createOrganization(t.app.database, { name: 'Keeper', retentionDays })).id;
}

interface Policy {
  days: number | null;
  from: number;
}

async function history(id: string): Promise<Policy[]> {
  const rows = await t.app.database.query<{ days: number | null; from: Date }>({
    label: 'test_history',
    text: `select days, effective_from as "from" from retention_policies where organization_id = $1 order by effective_from, id`,
    values: [id],
  });
  return rows.map(({ days, from }) => ({ days, from: from.getTime() }));
}

/** Messages of one conversation, as ingestion would leave them. */
async function addMessages(database: Database, organizationId: string, createdAts: Date[]): Promise<void> {
  const conversationId = uuidv7();
  await database.query({
    label: 'test_conversation',
    text: `insert into conversations (organization_id, id, type, external_id, metadata, last_message_at, created_at)
      values ($1, $2, 'GROUP', $2::uuid::text, '{}', now(), now())`,
    values: [organizationId, conversationId],
  });
  const rows = createdAts.map((createdAt) => ({ id: uuidv7(), created_at: createdAt }));
  await database.query({
    label: 'test_messages',
    text: `insert into messages (organization_id, id, conversation_id, external_id, author_id, direction, channel, body, media_urls, segment_count, created_at)
      select $1, m.id, $2, m.id::text, p.id, 'INBOUND', 'CHAT', 'secret', '{}', 1, m.created_at
      from jsonb_to_recordset($3::jsonb) as m(id uuid, created_at timestamptz)
      join participants p on p.organization_id = $1 and p.kind = 'ORGANIZATION'`,
    values: [organizationId, conversationId, JSON.stringify(rows)],
  });
}

interface Seen {
  created: number;
  body: string | null;
  redacted: number | null;
  now: number;
}

async function visible(organizationId: string): Promise<Seen[]> {
  const rows = await t.app.database.query<{ created: Date; body: string | null; redacted: Date | null; now: Date }>({
    label: 'test_visible',
    text: `select created_at as created, body, redacted_at as redacted, now() as now from visible_messages where organization_id = $1 order by created_at`,
    values: [organizationId],
  });
  return rows.map(({ created, body, redacted, now }) => ({
    created: created.getTime(),
    body,
    redacted: redacted?.getTime() ?? null,
    now: now.getTime(),
  }));
}

/** The rule told again, naively: the first instant at which a policy that was in force put the message past its window. */
function goneAt(created: number, policies: Policy[], now: number): number | null {
  const instants = policies.flatMap(({ days, from }, index) => {
    const at = days === null ? Number.POSITIVE_INFINITY : Math.max(from, created + days * day);
    return at <= (policies[index + 1]?.from ?? now) ? [at] : [];
  });
  return instants.length === 0 ? null : Math.min(...instants);
}

test('the view and the history agree to the millisecond, on both sides of every boundary', async () => {
  const id = await organization(90);
  for (const days of [30, 365, null, 7, 20]) await updateRetention(t.app.database, id, days);
  const policies = await history(id);
  const boundaries = policies.flatMap(({ days, from }, index) => {
    const until = policies[index + 1]?.from;
    return days === null ? [] : [from - days * day, ...(until === undefined ? [] : [until - days * day])];
  });
  const createdAts = boundaries.flatMap((instant) => [-1, 0, 1].map((ms) => new Date(instant + ms)));
  await addMessages(t.app.database, id, createdAts);
  const seen = await visible(id);
  expect(seen).toHaveLength(createdAts.length);
  for (const { created, body, redacted, now } of seen) {
    expect({ created, redacted }).toEqual({ created, redacted: goneAt(created, policies, now) });
    expect(body).toBe(redacted === null ? 'secret' : null);
  }
});

describe('the history', () => {
  test('begins with the organization and grows by every change', async () => {
    const { id, createdAt } = await createOrganization(t.app.database, { name: 'Keeper', retentionDays: null });
    const changed = await updateRetention(t.app.database, id, 30);
    const policies = await history(id);
    expect(policies.map(({ days }) => days)).toEqual([null, 30]);
    expect(policies[0]?.from).toBe(createdAt.getTime());
    // No window was in force before: only the new one redacts.
    expect(changed).toMatchObject({ retentionDays: 30, redactedThrough: null });
  });

  test('an equal value changes nothing', async () => {
    const id = await organization(30);
    const before = await updateRetention(t.app.database, id, 31);
    expect(before.changed).toBe(true);
    expect(await updateRetention(t.app.database, id, 31)).toEqual({ ...before, changed: false });
    expect(await history(id)).toHaveLength(2);
    const events = await t.app.database.query<{ kind: string }>({
      label: 'test_events',
      text: 'select kind from events where organization_id = $1',
      values: [id],
    });
    expect(events).toEqual([{ kind: 'RETENTION_CHANGED' }]);
  });

  test('is in order when the clock of another server is fast', async () => {
    const id = await organization(30);
    await t.app.database.query({
      label: 'test_ahead',
      text: `update retention_policies set effective_from = now() + interval '1 hour' where organization_id = $1`,
      values: [id],
    });
    const [ahead] = await history(id);
    await updateRetention(t.app.database, id, 60);
    expect(await history(id)).toEqual([ahead, { days: 60, from: (ahead?.from ?? 0) + 1 }]);
  });

  test('is in order when many change it at once, and its last policy is the one in force', async () => {
    const id = await organization(null);
    await Promise.all(Array.from({ length: 12 }, (_, index) => updateRetention(t.app.database, id, index + 1)));
    const policies = await history(id);
    expect(policies).toHaveLength(13);
    const instants = policies.map(({ from }) => from);
    expect(new Set(instants).size).toBe(13);
    const after = await updateRetention(t.app.database, id, policies.at(-1)?.days ?? null);
    expect(after.retentionDays).toBe(policies.at(-1)?.days);
    expect(await history(id)).toEqual(policies);
    // The messages that the policies together had put past their windows before the last change.
    const through = policies.slice(0, -1).map(({ days }, index) => (instants[index + 1] ?? 0) - (days ?? Number.POSITIVE_INFINITY) * day);
    expect(after.redactedThrough?.getTime()).toBe(Math.max(...through));
  });
});

test.each([0, -1, 1.5, 36_501, Number.NaN])('%s days are refused', async (days) => {
  const id = await organization(30);
  await expect(updateRetention(t.app.database, id, days)).rejects.toMatchObject({ code: 'BAD_USER_INPUT' });
  expect(await history(id)).toHaveLength(1);
});

test('an unknown organization is refused', async () => {
  const id = uuidv7();
  await expect(updateRetention(t.app.database, id, 5)).rejects.toMatchObject({ code: 'NOT_FOUND', message: `no organization ${id}` });
});

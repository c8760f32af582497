import { describe, expect, test } from 'vitest';
import { saltTokens } from '../../../src/modules/message/search-tokens/salt-tokens.ts';
import { explain } from '../../support/explain.ts';
import { type Tenant, useApp } from '../../support/harness.ts';
import { phoneLine } from '../../support/lines.ts';

const parley = useApp();

function sql<Row extends object>(text: string, ...values: unknown[]): Promise<Row[]> {
  return parley.app.database.query<Row>({ label: 'test_salted', text, values, replanned: true });
}

async function search(key: string, query: string): Promise<string[]> {
  const { data } = await parley.graphql(key, 'query ($query: String!) { searchMessages(query: $query) { nodes { body } } }', { query });
  return data.searchMessages.nodes.map(({ body }: { body: string }) => body);
}

test('gives every organization its own salt, always of the same length', async () => {
  const ids = [(await parley.tenant()).id, (await parley.tenant()).id];
  const salts = await sql<{ salt: string }>('select search_salt as salt from organizations where id = any($1::uuid[])', ids);
  expect(new Set(salts.map(({ salt }) => salt)).size).toBe(2);
  for (const { salt } of salts) expect(salt).toMatch(/^[0-9a-f]{12}$/);
});

test.runIf(process.env.TEST_DATABASE_URL)('reads as much of the index for a word of another tenant as for an unknown word', async () => {
  const [tenant, other] = [await parley.tenant(), await parley.tenant()];
  await parley.importLines(
    tenant,
    Array.from({ length: 1_000 }, (_, index) => phoneLine({ body: `mine ${index}` })),
  );
  await parley.importLines(other, [phoneLine({ body: 'popular 人人' })]);
  await sql(
    `insert into messages (organization_id, id, conversation_id, external_id, author_id, direction, channel, status, body, media_urls, segment_count,
        created_at, phone_number_id, search_vector)
      select organization_id, gen_random_uuid(), conversation_id, 'copy ' || n, author_id, direction, channel, status, body, media_urls, segment_count,
        created_at, phone_number_id, search_vector
      from messages, generate_series(1, 20000) n where organization_id = $1`,
    other.id,
  );
  await sql('vacuum analyze messages');
  const buffers = async (key: string, query: string) => {
    const plan = await explain(parley.app, 'messages', () => search(key, query));
    const scans = plan.filter((node) => node['Index Name'] === 'messages_search_tokens');
    expect(scans.length).toBeGreaterThan(0);
    expect(scans[0]?.['Shared Hit Blocks']).toBeGreaterThan(0);
    return scans.map((node) => node['Shared Hit Blocks'] + node['Shared Read Blocks']);
  };
  expect(await search(other.key, 'popular')).toHaveLength(50);
  for (const [theirs, nobodys] of [
    ['popular', 'zebras'],
    ['popu', 'zebr'],
    ['po', 'ze'],
    ['人人', '牛牛'],
  ] as const) {
    expect(await buffers(tenant.key, theirs)).toEqual(await buffers(tenant.key, nobodys));
  }
});

describe('messages of an earlier release', () => {
  /** Creates an organization as the migration leaves it: no message has salted tokens. The trigger ignores this column. */
  async function earlier(): Promise<Tenant> {
    const tenant = await parley.tenant();
    await parley.importLines(tenant, [phoneLine({ body: 'needle one' }), phoneLine({ body: 'needle 手机号' })]);
    await sql('update messages set search_tokens = null where organization_id = $1', tenant.id);
    await sql('update organizations set search_salted_at = null where id = $1', tenant.id);
    return tenant;
  }

  test('are found by their unsalted tokens, and by salted ones once all messages have them', async () => {
    const tenant = await earlier();
    expect(await search(tenant.key, 'needle')).toHaveLength(2);
    await parley.importLines(tenant, [phoneLine({ body: 'needle three' })]);
    expect(await search(tenant.key, 'needle')).toHaveLength(3);
    expect(await saltTokens(parley.app.database)).toBe(2);
    const key = await parley.key(tenant.id);
    expect(await search(key, 'needle')).toHaveLength(3);
    expect(await search(key, '机号')).toEqual(['needle 手机号']);
    // The unsalted tokens are not used any more.
    await sql('alter table messages disable trigger messages_set_search_tokens');
    await sql('update messages set search_vector = null where organization_id = $1', tenant.id);
    await sql('alter table messages enable trigger messages_set_search_tokens');
    expect(await search(key, 'needle')).toHaveLength(3);
    expect(await saltTokens(parley.app.database)).toBe(0);
  });

  test('that are deleted or past their window lose their tokens', async () => {
    const tenant = await earlier();
    await sql(`update messages set created_at = '2020-01-01' where organization_id = $1 and body = 'needle one'`, tenant.id);
    await sql('update organizations set retention_days = 3650, redacted_through = $2 where id = $1', tenant.id, '2021-01-01');
    await saltTokens(parley.app.database);
    await sql(`update messages set deleted_at = now() where organization_id = $1 and body = 'needle 手机号'`, tenant.id);
    const text = 'select 1 from messages where organization_id = $1 and coalesce(search_vector, search_tokens) is not null';
    expect(await sql(text, tenant.id)).toEqual([]);
  });
});

test('messages that the previous release writes are found', async () => {
  const tenant = await parley.tenant();
  await parley.importLines(tenant, [phoneLine({ body: 'before words' })]);
  await sql(
    `update messages set body = 'after words', search_vector = $2::tsvector where organization_id = $1`,
    tenant.id,
    `'after' 'words'`,
  );
  expect(await search(tenant.key, 'after')).toEqual(['after words']);
  expect(await search(tenant.key, 'before')).toEqual([]);
});

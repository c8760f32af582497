// Light statements of a request are sent together. On PostgreSQL only: PGlite has one connection.
import { describe, expect, test } from 'vitest';
import { useApp } from '../support/harness.ts';
import { phoneLine } from '../support/lines.ts';

const page = `query ($id: ID!, $first: Int) { conversation(id: $id) { messageCount consent { optedIn }
  messages(first: $first) { nodes { body createdAt } } latest: messages(last: 1) { nodes { body } } } }`;

/** Enough for each connection to prepare the statements. */
const uses = 60;

describe.runIf(process.env.TEST_DATABASE_URL)('on a server', () => {
  const parley = useApp();

  async function conversation() {
    const tenant = await parley.tenant();
    await parley.importLines(tenant, [phoneLine({ body: 'one' }), phoneLine({ body: 'two' })]);
    const { data } = await parley.graphql(tenant.key, '{ conversations { nodes { id } } }');
    return { ...tenant, conversationId: data.conversations.nodes[0].id };
  }

  test('answers the same once its statements are prepared', async () => {
    const { key, conversationId: id } = await conversation();
    const first = await parley.graphql(key, page, { id });
    expect(first).toMatchObject({ data: { conversation: { messageCount: 2, messages: { nodes: [{ body: 'one' }, { body: 'two' }] } } } });
    for (let use = 0; use < uses; use++) expect(await parley.graphql(key, page, { id })).toEqual(first);
  });

  test('reads the page of no conversation that another organization has', async () => {
    const { conversationId: id } = await conversation();
    const other = await parley.tenant();
    for (let use = 0; use < uses; use++)
      expect(await parley.graphql(other.key, page, { id })).toMatchObject({ data: { conversation: null } });
  });

  test('answers after a migration changed the columns of prepared statements', async () => {
    const { key, conversationId: id } = await conversation();
    const first = await parley.graphql(key, page, { id });
    for (let use = 0; use < uses; use++) await parley.graphql(key, page, { id });
    await parley.app.database.query({ label: 'test_wider', text: 'alter table conversations alter column message_count type bigint' });
    expect(await parley.graphql(key, page, { id })).toEqual(first);
  });
});

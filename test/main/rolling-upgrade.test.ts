// Two releases serve one database while an upgrade is rolled out. The later release is this one and a migration more.
import { readdir } from 'node:fs/promises';
import { join } from 'node:path';
import { describe, expect, onTestFinished, test } from 'vitest';
import { parley as command } from '../cli/parley.ts';
import { copyRelease } from '../cli/release.ts';
import { inCapitals } from '../modules/message/recording.ts';
import { databaseUrl, gateway } from '../support/gateway.ts';
import { useApp } from '../support/harness.ts';
import { phoneLine } from '../support/lines.ts';
import { run } from './start.ts';

const record = 'mutation ($input: RecordMessagesInput!) { recordMessages(input: $input) { results { outcome } } }';
const list = '{ conversations { nodes { messages(first: 50) { nodes { externalId } } } } }';

type Fetch = (request: Request) => Promise<Response>;

describe.runIf(process.env.TEST_DATABASE_URL)('on a server', () => {
  const parley = useApp();

  test('both releases read and write after a compatible migration, and the old one can be restarted', async () => {
    await using later = await copyRelease();
    const names = await readdir(join(later.folder, 'prisma/migrations'));
    const last = names
      .filter((name) => /^\d/.test(name))
      .sort()
      .at(-1);
    const notes = `-- parley: needs ${last}\n-- parley: locks agents, messages\n`;
    await later.addMigration(
      '29991231235959_next',
      `${notes}ALTER TABLE "messages" ADD COLUMN "sentiment" TEXT; ALTER TABLE "agents" ADD COLUMN "nickname" TEXT;`,
    );
    const { key } = await parley.tenant();
    const url = await databaseUrl(parley.app);
    const sent: string[] = [];

    async function ask(fetch: Fetch, query: string, variables: object = {}) {
      const headers = { 'content-type': 'application/json', authorization: `Bearer ${key}` };
      const answer = await fetch(
        new Request('http://parley.test/graphql', { method: 'POST', headers, body: JSON.stringify({ query, variables }) }),
      );
      return { status: answer.status, ...(await answer.json()) };
    }
    async function expectToServe(fetch: Fetch) {
      const externalId = `message-${sent.length}`;
      sent.push(externalId);
      const message = inCapitals(phoneLine({ externalId }));
      expect(await ask(fetch, record, { input: { messages: [message] } })).toMatchObject({
        status: 200,
        data: { recordMessages: { results: [{ outcome: 'CREATED' }] } },
      });
      const { data } = await ask(fetch, list);
      const shown = data.conversations.nodes[0].messages.nodes.map((node: { externalId: string }) => node.externalId);
      expect(shown.sort()).toEqual(sent.toSorted());
    }

    const old: Fetch = (request) => parley.app.fetch(request);
    await expectToServe(old);
    expect(await command({ DATABASE_URL: url }, ['migrate'], later.folder)).toMatchObject({ code: 0, stderr: '' });
    await expectToServe(old);

    const server = run('src/main.ts', { DATABASE_URL: url, PORT: '0' }, [], later.folder);
    const [, origin] = await server.until('stdout', /GraphiQL +(http:\S+)\/graphql/);
    await expectToServe((request) => fetch(new Request(`${origin}/graphql`, request)));
    await expectToServe(old);

    const restarted = await gateway(url);
    onTestFinished(() => restarted.close());
    await expectToServe((request) => restarted.fetch(request));
    await expectToServe((request) => fetch(new Request(`${origin}/graphql`, request)));
    server.signal('SIGTERM');
    expect(await server.exit).toBe(0);
  });
});

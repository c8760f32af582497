// A failover, an operator or a proxy ends connections at any moment.
import pg from 'pg';
import { describe, expect, onTestFinished, test } from 'vitest';
import { openStream } from '../modules/change/stream.ts';
import { inCapitals } from '../modules/message/recording.ts';
import { databaseUrl } from '../support/gateway.ts';
import { useApp } from '../support/harness.ts';
import { phoneLine } from '../support/lines.ts';

const record = 'mutation ($input: RecordMessagesInput!) { recordMessages(input: $input) { results { outcome } } }';
const read = '{ conversations { nodes { id messages(first: 5) { nodes { id } } } } }';
const rounds = 3;

describe.runIf(process.env.TEST_DATABASE_URL)('on a server', () => {
  const parley = useApp();

  test('connections that are ended one by one: requests answer or ask to be repeated, and no acknowledged write is lost', async () => {
    const { key } = await parley.tenant();
    const admin = new pg.Client(await databaseUrl(parley.app));
    await admin.connect();
    onTestFinished(() => admin.end());
    const stream = await openStream(parley.app, key, 'subscription { messageRecorded { message { externalId } } }');
    const acknowledged = new Set<string>();
    const wrong: unknown[] = [];
    let killing = true;

    async function post(query: string, variables: object = {}) {
      const headers = { 'content-type': 'application/json' };
      const answer = await parley.fetch('/graphql', key, { method: 'POST', headers, body: JSON.stringify({ query, variables }) });
      const { data, errors = [] } = (await answer.json()) as { data?: object | null; errors?: { extensions: { code: string } }[] };
      const refused = answer.status === 503 && answer.headers.get('retry-after') === '1';
      const isRight = (answer.status === 200 || refused) && errors.every(({ extensions }) => extensions.code === 'UNAVAILABLE');
      if (!isRight) wrong.push({ status: answer.status, data, errors });
      return answer.status === 200 && errors.length === 0;
    }
    const writers = Array.from({ length: 3 }, async (_, writer) => {
      for (let line = 0; killing; line++) {
        const externalId = `${writer}-${line}`;
        if (await post(record, { input: { messages: [inCapitals(phoneLine({ externalId }))] } })) acknowledged.add(externalId);
        await post(read);
      }
    });

    let killed = 0;
    for (let round = 0; round < rounds; round++) {
      const { rows } = await admin.query(
        "select pid from pg_stat_activity where datname = current_database() and application_name like 'parley%' order by backend_start",
      );
      for (const { pid } of rows) {
        const before = acknowledged.size;
        const { rowCount } = await admin.query('select 1 where pg_terminate_backend($1)', [pid]);
        killed += rowCount ?? 0;
        // The gateway goes on with the other connections and new ones.
        await expect.poll(() => acknowledged.size, { timeout: 20_000 }).toBeGreaterThan(before);
      }
    }
    killing = false;
    await Promise.all(writers);
    expect(wrong).toEqual([]);
    expect(killed).toBeGreaterThan(rounds);
    expect((await parley.fetch('/ready', null)).status).toBe(200);

    const { rows } = await admin.query('select external_id from messages');
    const stored = new Set(rows.map(({ external_id }) => external_id));
    expect([...acknowledged].filter((externalId) => !stored.has(externalId))).toEqual([]);
    const seen: string[] = [];
    while (seen.length < stored.size) seen.push((await stream.take()).message.externalId);
    expect(seen.sort()).toEqual([...stored].sort());
    await stream.close();
  });
});

// Four connections are the fewest that DATABASE_POOL allows: everything must work with them, because nothing waits for itself.
import { describe, expect, test } from 'vitest';
import { openStream } from '../modules/change/stream.ts';
import { useApp } from '../support/harness.ts';
import { phoneLine } from '../support/lines.ts';

describe.runIf(process.env.TEST_DATABASE_URL)('on a server, with a pool of 4', () => {
  const parley = useApp({ databasePool: 4 });

  test('requests, writes and streams of two organizations are answered together', async () => {
    const tenants = [await parley.tenant(), await parley.tenant()];
    const streams = [];
    for (const { key } of tenants) streams.push(await openStream(parley.app, key, 'subscription { messageRecorded { cursor } }'));
    const fields = Array.from({ length: 20 }, (_, index) => `a${index}: conversations(first: ${index + 1}) { totalCount nodes { id } }`);
    const answers = await Promise.all(
      tenants.flatMap((tenant) => [
        parley.importLines(tenant, [phoneLine({})]),
        ...Array.from({ length: 10 }, () => parley.graphql(tenant.key, `{ ${fields.join(' ')} }`)),
      ]),
    );
    for (const answer of answers) if (answer !== undefined) expect(answer.errors).toBeUndefined();
    for (const stream of streams) {
      expect(await stream.take()).toMatchObject({ cursor: expect.any(String) });
      await stream.close();
    }
    const [open] = await parley.app.database.query<{ count: number }>(connections);
    expect(open?.count).toBeLessThanOrEqual(4);
  });
});

const connections = {
  label: 'test_connections',
  text: "select count(*) from pg_stat_activity where datname = current_database() and application_name = 'parley'",
};

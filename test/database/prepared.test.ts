// A connection prepares a bounded number of statements, whatever clients ask for. The embedded database prepares none.
import { describe, expect, test } from 'vitest';
import { type Tenant, useApp } from '../support/harness.ts';

/** Connections of a gateway. */
const poolSize = 10;

describe.runIf(process.env.TEST_DATABASE_URL)('prepared statements of a connection', () => {
  const parley = useApp();
  const order = (field: string, direction: string) => `orderBy: {field: ${field}, direction: ${direction}}`;
  const conditions = [
    'contactNumber: "+15550000002"',
    'since: "2026-01-01T00:00:00Z"',
    'optedIn: true',
    'types: [PHONE]',
    'archived: false',
    'unread: true',
  ];
  /** 64 filters in 4 orders with and without a total: 512 statements. */
  const shapes = Array.from({ length: 64 }, (_, bits) => conditions.filter((_condition, index) => bits & (1 << index)).join(', ')).flatMap(
    (filter) =>
      ['LAST_MESSAGE_AT', 'CREATED_AT'].flatMap((field) =>
        ['ASC', 'DESC'].flatMap((direction) =>
          ['nodes { id }', 'totalCount nodes { id }'].map(
            (fields) => `{ conversations(filter: {${filter}}, ${order(field, direction)}) { ${fields} } }`,
          ),
        ),
      ),
  );
  const ordinary = '{ conversations { nodes { id title } } }';

  async function ask({ key }: Tenant, operations: readonly string[]): Promise<void> {
    for (let begin = 0; begin < operations.length; begin += poolSize) {
      const answers = await Promise.all(operations.slice(begin, begin + poolSize).map((each) => parley.graphql(key, each)));
      for (const { errors } of answers) expect(errors).toBeUndefined();
    }
  }

  /** The names on each connection of the pool. */
  async function prepared(): Promise<string[][]> {
    const all = Promise.withResolvers<void>();
    let taken = 0;
    const each = () =>
      parley.app.database.session(async (session) => {
        taken += 1;
        if (taken === poolSize) all.resolve();
        await all.promise;
        const rows = await session.query<{ name: string }>({
          label: 'test_prepared',
          text: 'select name from pg_prepared_statements',
          replanned: true,
        });
        return rows.map(({ name }) => name);
      });
    return Promise.all(Array.from({ length: poolSize }, each));
  }

  const lists = (names: readonly string[]) => names.filter((name) => name.startsWith('conversations_'));

  test('are none for a rare shape, and the ordinary list is prepared after hundreds of rare shapes', async () => {
    const tenant = await parley.tenant();
    await ask(tenant, shapes);
    for (const names of await prepared()) expect(lists(names)).toEqual([]);
    await ask(
      tenant,
      Array.from({ length: 100 }, () => ordinary),
    );
    expect(new Set((await prepared()).flatMap(lists)).size).toBe(1);
  });

  test('are at most 100, however often each shape is used, and earlier ones are kept', async () => {
    const tenant = await parley.tenant();
    await ask(
      tenant,
      Array.from({ length: 100 }, () => ordinary),
    );
    const [name = ''] = (await prepared()).flatMap(lists);
    await ask(
      tenant,
      shapes.slice(0, 60).flatMap((shape) => Array.from({ length: 21 }, () => shape)),
    );
    await ask(
      tenant,
      Array.from({ length: 100 }, () => ordinary),
    );
    const after = await prepared();
    for (const names of after) {
      expect(names.length).toBeLessThanOrEqual(100);
      expect(lists(names).length).toBeLessThanOrEqual(35);
    }
    expect(after.flatMap(lists)).toContain(name);
  });
});

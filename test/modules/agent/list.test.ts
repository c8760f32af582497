import { expect, test } from 'vitest';
import { useApp } from '../../support/harness.ts';
import { phoneLine } from '../../support/lines.ts';

const parley = useApp();
const document = `query ($first: Int, $after: String) { agents(first: $first, after: $after) {
  totalCount nodes { id name } pageInfo { hasNextPage hasPreviousPage endCursor } } }`;

test('lists the agents of the organization by pages, each once, oldest first', async () => {
  const other = await parley.tenant();
  await parley.importLines(other, [phoneLine({ agent: { externalId: 'theirs', name: 'Theirs' } })]);
  const tenant = await parley.tenant();
  for (const name of ['One', 'Two', 'Three', 'Four', 'Five']) {
    await parley.importLines(tenant, [phoneLine({ agent: { externalId: name, name } })]);
  }
  const names: string[] = [];
  let after: string | null = null;
  for (let page = 0; page < 3; page++) {
    const { data, errors } = await parley.graphql(tenant.key, document, { first: 2, after });
    expect(errors).toBeUndefined();
    expect(data.agents).toMatchObject({ totalCount: 5, pageInfo: { hasNextPage: page < 2, hasPreviousPage: page > 0 } });
    names.push(...data.agents.nodes.map(({ name }: { name: string }) => name));
    after = data.agents.pageInfo.endCursor;
  }
  expect(names).toEqual(['One', 'Two', 'Three', 'Four', 'Five']);
});

test('needs the scope, rejects a cursor of another list, and reads a page in one statement', async () => {
  const tenant = await parley.tenant();
  await parley.importLines(tenant, [phoneLine({ agent: { externalId: 'a', name: 'A' } })]);
  const writer = await parley.key(tenant.id, ['conversations:write']);
  expect((await parley.graphql(writer, document)).errors).toMatchObject([
    { extensions: { code: 'FORBIDDEN', requiredScopes: ['conversations:read'] } },
  ]);
  const { data } = await parley.graphql(tenant.key, '{ phoneNumbers { edges { cursor } } }');
  const { errors } = await parley.graphql(tenant.key, document, { after: data.phoneNumbers.edges[0].cursor });
  expect(errors).toMatchObject([{ extensions: { code: 'BAD_USER_INPUT', field: 'after' } }]);
  expect(await parley.statements(() => parley.graphql(tenant.key, document))).toEqual(['agents']);
});

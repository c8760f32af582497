import { expect, test } from 'vitest';
import { schema } from '../../src/graphql/built-schema.ts';
import { useApp } from '../support/harness.ts';

const parley = useApp();

// All of Query without keys and participants, because the request's key and the organization itself exist.
const connections = Object.values(schema.getQueryType()?.getFields() ?? {}).filter(
  ({ name, type }) => String(type).endsWith('Connection') && !['apiKeys', 'participants'].includes(name),
);

test.each(connections)('$name is empty, with its flags and total', async ({ name, args }) => {
  const { key } = await parley.tenant();
  const given = ['first: 3', ...(args.some((arg) => arg.name === 'query') ? ['query: "hello"'] : [])];
  const { data, errors } = await parley.graphql(
    key,
    `{ list: ${name}(${given}) { totalCount nodes { __typename } edges { cursor } pageInfo { hasNextPage hasPreviousPage startCursor endCursor } } }`,
  );
  expect(errors).toBeUndefined();
  const pageInfo = { hasNextPage: false, hasPreviousPage: false, startCursor: null, endCursor: null };
  expect(data.list).toEqual({ totalCount: 0, nodes: [], edges: [], pageInfo });
});

import { expect, test } from 'vitest';
import { useApp } from '../support/harness.ts';

const parley = useApp();

test('returns the organization of the key', async () => {
  const { id, key } = await parley.tenant(30);
  const { data, errors } = await parley.graphql(
    key,
    '{ viewer { name scopes organization { id name retentionDays } } organization { id } }',
  );
  expect(errors).toBeUndefined();
  expect(data.viewer.organization).toMatchObject({ name: 'Test organization', retentionDays: 30 });
  expect(id).toMatch(/^[0-9a-f-]{36}$/);
});

test('answers 401 without a key', async () => {
  const response = await parley.fetch('/graphql?query={viewer{name}}', null);
  expect(response.status).toBe(401);
  expect(await response.json()).toMatchObject({ errors: [{ extensions: { code: 'UNAUTHENTICATED' } }] });
});

test('returns empty lists for an organization without data', async () => {
  const { key } = await parley.tenant();
  const answer = await parley.graphql(
    key,
    '{ conversations(first: 3) { totalCount nodes { id } pageInfo { hasNextPage hasPreviousPage startCursor } } phoneNumbers { totalCount } }',
  );
  expect(answer).toEqual({
    data: {
      conversations: { totalCount: 0, nodes: [], pageInfo: { hasNextPage: false, hasPreviousPage: false, startCursor: null } },
      phoneNumbers: { totalCount: 0 },
    },
  });
});

test('refuses an invalid page size', async () => {
  const { key } = await parley.tenant();
  const { errors } = await parley.graphql(key, '{ conversations(first: 0) { totalCount } }');
  expect(errors?.[0]).toMatchObject({ message: 'first: must be from 1 to 200', extensions: { code: 'BAD_USER_INPUT', field: 'first' } });
});

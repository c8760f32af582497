import fc from 'fast-check';
import { beforeAll, describe, expect, test } from 'vitest';
import { readable } from '../modules/change/readable.ts';
import { type Tenant, useApp } from '../support/harness.ts';
import { phoneLine } from '../support/lines.ts';
import { expectSlices, type Item } from '../support/slices.ts';

const parley = useApp();

const pageFields = 'totalCount nodes { id } edges { cursor node { id } } pageInfo { hasNextPage hasPreviousPage startCursor endCursor }';
const pageArguments = 'first: $first, last: $last, after: $after, before: $before';
const pageVariables = '$first: Int, $last: Int, $after: String, $before: String, $direction: OrderDirection!';
const messagesOf = `query ($id: ID!, $filter: MessageFilter, ${pageVariables}) { conversation(id: $id) {
  messages(${pageArguments}, filter: $filter, orderBy: { field: CREATED_AT, direction: $direction }) { ${pageFields} } } }`;
const listed = `query (${pageVariables}) {
  conversations(${pageArguments}, orderBy: { field: LAST_MESSAGE_AT, direction: $direction }) { ${pageFields} } }`;

describe.each([0, 1, 2, 9])('any page of %i equals the naive slice', (count) => {
  // Several items share a time, and they are imported out of order.
  const createdAt = (index: number) => `2026-01-01T00:00:0${(index * 7) % 4}Z`;
  const directions = ['ASC', 'DESC'];

  test.each(directions)('messages, %s', async (direction) => {
    const tenant = await parley.tenant();
    // Every conversation has messages; for none, a filter matches neither of two.
    const filter = count === 0 ? { channels: ['WHATSAPP'] } : {};
    await parley.importLines(
      tenant,
      Array.from({ length: count || 2 }, (_, index) => phoneLine({ createdAt: createdAt(index) })),
    );
    // Another list of the same order.
    await parley.importLines(tenant, [phoneLine({ contactNumber: '+15550009999', createdAt: '2025-01-01T00:00:00Z' })]);
    const { data } = await parley.graphql(tenant.key, '{ conversations { nodes { id } } }');
    const [{ id }] = data.conversations.nodes;
    const asking = async (variables: object) => (await ok(tenant, messagesOf, { id, direction, ...variables })).conversation.messages;
    const cursors = (await asking({})).edges.map(({ cursor }: Item) => cursor);
    await expectSlices((args) => asking({ filter, ...args }), count, cursors);
  });

  test.each(directions)('conversations, %s', async (direction) => {
    const [tenant, other] = [await parley.tenant(), await parley.tenant()];
    const conversation = (_: unknown, index: number) => phoneLine({ contactNumber: `+1555000100${index}`, createdAt: createdAt(index) });
    await parley.importLines(tenant, Array.from({ length: count }, conversation));
    await parley.importLines(other, Array.from({ length: 2 }, conversation));
    const asking = async (of: Tenant, args: object) => (await ok(of, listed, { direction, ...args })).conversations;
    // An empty list accepts the cursors of any list of the same order.
    const cursors = (await asking(other, {})).edges.map(({ cursor }: Item) => cursor);
    await expectSlices((args) => asking(tenant, args), count, cursors);
  });
});

async function ok(tenant: Tenant, query: string, variables: Record<string, unknown>) {
  const { data, errors } = await parley.graphql(tenant.key, query, variables);
  expect(errors).toBeUndefined();
  return data;
}

describe.each([0, 1, 2, 9])('%i conversations by offset', (count) => {
  const byOffset = `query ($first: Int, $offset: Int, $direction: OrderDirection!) {
    conversations(first: $first, offset: $offset, orderBy: { field: LAST_MESSAGE_AT, direction: $direction }) { ${pageFields} } }`;
  let tenant: Tenant;
  beforeAll(async () => {
    tenant = await parley.tenant();
    await parley.importLines(
      tenant,
      Array.from({ length: count }, (_, index) =>
        phoneLine({ contactNumber: `+1555000100${index}`, createdAt: `2026-01-01T00:00:0${(index * 7) % 4}Z` }),
      ),
    );
  });

  test.each(['ASC', 'DESC'])('any page equals the naive slice, %s', async (direction) => {
    const ask = async (args: { first?: number; offset?: number | null }) => {
      const { data, errors } = await parley.graphql(tenant.key, byOffset, { direction, ...args });
      expect(errors).toBeUndefined();
      return data.conversations;
    };
    const all = (await ask({ first: 200 })).edges;
    expect(all).toHaveLength(count);
    const offset = fc.oneof(fc.nat(count + 2), fc.constantFrom(1_000_000, null));
    await fc.assert(
      fc.asyncProperty(fc.integer({ min: 1, max: count + 2 }), offset, async (first, skipped) => {
        const start = Math.min(skipped ?? 0, count);
        const edges = all.slice(start, start + first);
        expect(await ask({ first, offset: skipped })).toEqual({
          totalCount: count,
          edges,
          nodes: edges.map(({ node }: { node: { id: string } }) => node),
          pageInfo: {
            hasPreviousPage: start > 0,
            hasNextPage: start + first < count,
            startCursor: edges.at(0)?.cursor ?? null,
            endCursor: edges.at(-1)?.cursor ?? null,
          },
        });
      }),
      { numRuns: 30 },
    );
  });

  test('walking by offset returns the list, and its cursors continue it', async () => {
    const all = (await parley.graphql(tenant.key, '{ conversations { nodes { id } } }')).data.conversations.nodes;
    const seen: unknown[] = [];
    for (let offset = 0; offset <= count; offset += 2) {
      const { data } = await parley.graphql(
        tenant.key,
        `{ conversations(first: 2, offset: ${offset}) { nodes { id } pageInfo { endCursor } } }`,
      );
      seen.push(...data.conversations.nodes);
      const { endCursor } = data.conversations.pageInfo;
      if (endCursor === null) continue;
      const rest = await parley.graphql(tenant.key, `{ conversations(after: "${endCursor}") { nodes { id } } }`);
      expect(rest.data.conversations.nodes).toEqual(all.slice(offset + 2));
    }
    expect(seen).toEqual(all);
  });
});

describe('invalid page arguments', () => {
  let tenant: Tenant;
  let foreign: string;
  beforeAll(async () => {
    tenant = await parley.tenant();
    await parley.importLines(tenant, [phoneLine({})]);
    const { data } = await parley.graphql(
      tenant.key,
      '{ conversations { edges { cursor } nodes { messages { edges { cursor } } } } byCreation: conversations(orderBy: {field: CREATED_AT, direction: DESC}) { edges { cursor } } reversed: conversations(orderBy: {field: LAST_MESSAGE_AT, direction: ASC}) { edges { cursor } } }',
    );
    cursors = {
      own: data.conversations.edges[0].cursor,
      'of messages': data.conversations.nodes[0].messages.edges[0].cursor,
      'of another field': data.byCreation.edges[0].cursor,
      'of the other direction': data.reversed.edges[0].cursor,
    };
    foreign = cursors.own ?? '';
  });
  let cursors: Record<string, string> = {};

  test.each([
    ['first: 0', 'first'],
    ['first: -1', 'first'],
    ['first: 201', 'first'],
    ['last: 0', 'last'],
    ['last: 201', 'last'],
    ['first: 1, last: 1', 'last'],
    ['first: 1, last: 1, after: null, before: null', 'last'],
    ['first: 0, last: 1, after: "$cursor"', 'first'],
    ['first: 1, last: 201, before: "$cursor"', 'last'],
    ['first: 1, last: 1, after: "$cursor", before: "$cursor"', 'last'],
    ['offset: -1', 'offset'],
    ['offset: 1000001', 'offset'],
    ['offset: 0, last: 1', 'offset'],
    ['offset: 1, after: "$cursor"', 'offset'],
    ['offset: 1, before: "$cursor"', 'offset'],
    ['after: ""', 'after'],
    ['before: "x"', 'before'],
    ['after: "AAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAA"', 'after'],
  ])('%s', async (args, field) => {
    const { errors } = await parley.graphql(tenant.key, `{ conversations(${args.replaceAll('$cursor', foreign)}) { totalCount } }`);
    expect(errors).toMatchObject([{ message: expect.stringMatching(`^${field}: `), extensions: { code: 'BAD_USER_INPUT', field } }]);
  });

  test.each(['of messages', 'of another field', 'of the other direction'])('a cursor %s', async (name) => {
    const { errors } = await parley.graphql(tenant.key, 'query ($after: String) { conversations(after: $after) { totalCount } }', {
      after: cursors[name],
    });
    expect(errors).toMatchObject([{ extensions: { code: 'BAD_USER_INPUT', field: 'after' } }]);
  });

  test('a cursor cut or padded', async () => {
    for (const after of [foreign.slice(0, -1), `${foreign}=`, `${foreign}A`, ` ${foreign}`]) {
      const { errors } = await parley.graphql(tenant.key, 'query ($after: String) { conversations(after: $after) { totalCount } }', {
        after,
      });
      expect(errors).toMatchObject([{ extensions: { code: 'BAD_USER_INPUT', field: 'after' } }]);
    }
  });

  test('the default page size is 50', async () => {
    const many = await parley.tenant();
    await parley.importLines(
      many,
      Array.from({ length: 51 }, (_, index) => phoneLine({ contactNumber: `+155500${String(index).padStart(5, '0')}` })),
    );
    const { data } = await parley.graphql(many.key, '{ conversations { nodes { id } totalCount pageInfo { hasNextPage } } }');
    expect(data.conversations.nodes).toHaveLength(50);
    expect(data.conversations).toMatchObject({ totalCount: 51, pageInfo: { hasNextPage: true } });
  });
});

describe('both sizes, as sent by clients with a default for one', () => {
  let tenant: Tenant;
  let cursor: string;
  beforeAll(async () => {
    tenant = await parley.tenant();
    await parley.importLines(
      tenant,
      Array.from({ length: 7 }, (_, index) => phoneLine({ contactNumber: `+1555000100${index}` })),
    );
    const { data } = await parley.graphql(tenant.key, '{ conversations { edges { cursor } } }');
    cursor = data.conversations.edges[3].cursor;
  });
  const ask = (args: string) =>
    parley.graphql(
      tenant.key,
      `{ conversations(${args.replace('$cursor', cursor)}) { nodes { id } pageInfo { hasNextPage hasPreviousPage } } }`,
    );

  test.each([
    ['first: 2, last: 1, after: "$cursor"', 'first: 2, after: "$cursor"'],
    ['first: 1, last: 2, before: "$cursor"', 'last: 2, before: "$cursor"'],
    ['first: 2, last: 0, after: "$cursor"', 'first: 2, after: "$cursor"'],
    ['first: 201, last: 2, before: "$cursor", after: null', 'last: 2, before: "$cursor"'],
    ['first: 2, last: null', 'first: 2'],
    ['first: null, last: 2', 'last: 2'],
    ['first: null, last: null, after: null, before: null, offset: null', 'first: 50'],
  ])('%s is %s', async (given, meant) => {
    const answer = await ask(given);
    expect(answer.errors).toBeUndefined();
    expect(answer).toEqual(await ask(meant));
  });

  test('of changes too', async () => {
    const changes = async (args: string) =>
      (await parley.graphql(tenant.key, `{ changes(${args}) { edges { cursor } pageInfo { hasNextPage hasPreviousPage } } }`)).data.changes;
    await readable(parley.app.database);
    const { cursor: at } = (await changes('first: 4')).edges[3];
    expect(await changes(`first: 1, last: 2, before: "${at}"`)).toEqual(await changes(`last: 2, before: "${at}"`));
    expect(await changes(`first: 1, last: 2, after: "${at}"`)).toEqual(await changes(`first: 1, after: "${at}"`));
  });
});

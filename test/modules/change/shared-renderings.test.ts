// Streams with equal selections share one execution for each event. Executions are counted in the resolver of a field.
import { type GraphQLObjectType, isObjectType } from 'graphql';
import { expect, onTestFinished, test } from 'vitest';
import { schema } from '../../../src/graphql/built-schema.ts';
import { useApp } from '../../support/harness.ts';
import { phoneLine } from '../../support/lines.ts';
import { readable } from './readable.ts';
import { openStream, type Stream } from './stream.ts';

const parley = useApp();
const recorded = 'subscription ($after: String) { messageRecorded(after: $after) { cursor occurredAt message { body } } }';

/** Counts the calls of a field's resolver from now on. */
function countOf(typeName: string, fieldName: string): () => number {
  const type = schema.getType(typeName);
  if (!isObjectType(type)) throw new Error(`no ${typeName}`);
  const field = (type as GraphQLObjectType).getFields()[fieldName];
  const resolve = field?.resolve;
  if (!field || !resolve) throw new Error(`no ${typeName}.${fieldName}`);
  let count = 0;
  field.resolve = (...args) => {
    count += 1;
    return resolve(...args);
  };
  onTestFinished(() => {
    field.resolve = resolve;
  });
  return () => count;
}

const occurredAts = () => countOf('MessageRecordedEvent', 'occurredAt');

async function expectEach(streams: readonly Stream[], body: string): Promise<void> {
  const taken = await Promise.all(streams.map((stream) => stream.take()));
  for (const each of taken) expect(each).toMatchObject({ message: { body } });
}

const closeAll = (streams: readonly Stream[]) => Promise.all(streams.map((stream) => stream.close()));

test('renders an event once or a few times for 200 streams of two keys with the same scopes, from any cursor', async () => {
  const tenant = await parley.tenant();
  const keys = [tenant.key, await parley.key(tenant.id)];
  await parley.importLines(tenant, [phoneLine({ body: 'before' })]);
  await readable(parley.app.database);
  const { data } = await parley.graphql(tenant.key, '{ changes { latestCursor } }');
  const cursors: (string | null)[] = [null, data.changes.latestCursor];
  const streams = await Promise.all(
    keys.flatMap((key) => cursors.flatMap((after) => Array.from({ length: 50 }, () => openStream(parley.app, key, recorded, { after })))),
  );
  const count = occurredAts();
  const statements = await parley.statements(async () => {
    await parley.importLines(tenant, [phoneLine({ body: 'to all' })]);
    await expectEach(streams, 'to all');
  });
  // A slow machine may need longer than a rendering is shared for.
  expect(count()).toBeGreaterThan(0);
  expect(count()).toBeLessThan(20);
  expect(statements.filter((label) => label === 'messages').length).toBeLessThan(20);
  await closeAll(streams);
});

test('renders an event separately for other scopes, another selection and other variables', async () => {
  const tenant = await parley.tenant();
  const reader = await parley.key(tenant.id, ['conversations:read']);
  const shown = 'subscription ($shown: Boolean!) { messageRecorded { occurredAt message { body @include(if: $shown) } } }';
  const streams = await Promise.all([
    openStream(parley.app, tenant.key, recorded),
    openStream(parley.app, reader, recorded),
    openStream(parley.app, tenant.key, shown, { shown: true }),
    openStream(parley.app, tenant.key, shown, { shown: false }),
  ]);
  const count = occurredAts();
  await parley.importLines(tenant, [phoneLine({ body: 'hello' })]);
  const [all, read, yes, no] = await Promise.all(streams.map((stream) => stream.take()));
  expect(count()).toBe(4);
  expect([all.message, read.message, yes.message, no.message]).toEqual([{ body: 'hello' }, { body: 'hello' }, { body: 'hello' }, {}]);
  await closeAll(streams);
});

test('does not reuse a rendering after a change', async () => {
  const tenant = await parley.tenant();
  const query = 'subscription ($after: String) { messageRecorded(after: $after) { message { id body } } }';
  const { data } = await parley.graphql(tenant.key, '{ changes { latestCursor } }');
  const stream = await openStream(parley.app, tenant.key, query);
  await parley.importLines(tenant, [phoneLine({ body: 'soon deleted' })]);
  const { id, body } = (await stream.take()).message;
  expect(body).toBe('soon deleted');
  const remove =
    'mutation ($id: ID!) { updateMessages(input: {updates: [{id: $id, deletedAt: "2026-02-01T00:00:00Z"}]}) { results { messageId } } }';
  expect(await parley.graphql(tenant.key, remove, { id })).toEqual({ data: { updateMessages: { results: [{ messageId: id }] } } });
  const late = await openStream(parley.app, tenant.key, query, { after: data.changes.latestCursor });
  expect(await late.take()).toEqual({ message: { id, body: null } });
  await closeAll([stream, late]);
});

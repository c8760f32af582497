// The database is unreachable after an event was read and before the rows that it names are loaded.
import { describe, expect, onTestFinished, test, vi } from 'vitest';
import { feedPage, slowReaderMs } from '../../../src/modules/change/live/feed.ts';
import { type Tenant, useApp } from '../../support/harness.ts';
import { phoneLine } from '../../support/lines.ts';
import { useCutOffGateway } from './cut-off-gateway.ts';
import { openStream } from './stream.ts';

const recorded = 'subscription ($after: String) { messageRecorded(after: $after) { cursor message { body } } }';
/** Long bodies, so that few messages are loaded before the client takes them. */
const bodies = Array.from({ length: 10 }, (_, index) => `${index}`.repeat(10_000));

describe.runIf(process.env.TEST_DATABASE_URL)('on a server', () => {
  const parley = useApp();
  const gateway = useCutOffGateway(parley);

  /** Opens a stream that the events of all messages have reached, and takes the first. The messages of the others are not loaded yet. */
  async function streamOfAll(tenant: Tenant) {
    const stream = await openStream(gateway.app, tenant.key, recorded);
    // A stream with other scopes shares no loaded rows.
    const other = await openStream(gateway.app, await parley.key(tenant.id, ['conversations:read']), recorded);
    await parley.importLines(
      tenant,
      bodies.map((body) => phoneLine({ body })),
    );
    for (const body of bodies) expect(await other.take()).toMatchObject({ message: { body } });
    await other.close();
    return { stream, first: await stream.take() };
  }

  test('events wait for the end of an outage, however long it is', async () => {
    const { stream } = await streamOfAll(await parley.tenant());
    gateway.line.cut('querying');
    const rest = (async () => {
      for (const body of bodies.slice(1)) expect(await stream.take()).toMatchObject({ message: { body } });
    })();
    // More attempts than a reader would make that gives up.
    await Promise.race([gateway.line.refusals(8), rest]);
    gateway.line.restore();
    await rest;
    await stream.close();
  });

  test('a stream that is ended during an outage sends no event without its rows; a client that reconnects misses none', async () => {
    const tenant = await parley.tenant();
    const { stream, first } = await streamOfAll(tenant);
    gateway.line.cut('querying');
    const seen = [first];
    const rest = (async () => {
      for (let answer = await stream.next(); answer !== null; answer = await stream.next()) {
        if (answer.data === null) expect(answer.errors).toMatchObject([{ message: 'temporarily unavailable' }]);
        else seen.push(answer.data.messageRecorded);
      }
    })();
    await gateway.line.refusals(1);
    gateway.app.endStreams();
    await rest;
    expect(seen.length).toBeLessThan(bodies.length);
    const reconnected = await openStream(parley.app, tenant.key, recorded, { after: seen.at(-1).cursor });
    while (seen.length < bodies.length) seen.push(await reconnected.take());
    expect(seen.map(({ message }) => message?.body)).toEqual(bodies);
    await reconnected.close();
  });

  test('a stream with too many waiting events is not cut off during an outage, however long it is', async () => {
    const tenant = await parley.tenant();
    const stream = await openStream(gateway.app, tenant.key, recorded);
    const other = await openStream(gateway.app, await parley.key(tenant.id, ['conversations:read']), recorded);
    vi.useFakeTimers({ toFake: ['setTimeout', 'clearTimeout'], shouldClearNativeTimers: true });
    onTestFinished(() => void vi.useRealTimers());
    const lines = Array.from({ length: feedPage + 100 }, (_, index) => phoneLine({ body: String(index) }));
    await parley.importLines(tenant, lines);
    for (const { body } of lines) expect(await other.take()).toMatchObject({ message: { body } });
    await other.close();
    gateway.line.cut('querying');
    const rest = (async () => {
      for (const { body } of lines) expect(await stream.take()).toMatchObject({ message: { body } });
    })();
    await gateway.line.refusals(1);
    vi.advanceTimersByTime(slowReaderMs);
    gateway.line.restore();
    vi.useRealTimers();
    await rest;
    await stream.close();
  });

  test('a new stream is refused at once, and can be opened after the outage', async () => {
    const tenant = await parley.tenant();
    await parley.importLines(tenant, [phoneLine({})]);
    const { data } = await parley.graphql(tenant.key, '{ conversations { nodes { id } } changes { latestCursor } }');
    const [{ id }] = data.conversations.nodes;
    const stream = await openStream(gateway.app, tenant.key, recorded);
    gateway.line.cut('querying');
    for (const variables of [{}, { after: data.changes.latestCursor }, { id }]) {
      const query = 'subscription ($id: ID, $after: String) { messageRecorded(conversationId: $id, after: $after) { cursor } }';
      const response = await gateway.app.fetch(
        new Request('http://parley.test/graphql', {
          method: 'POST',
          headers: { 'content-type': 'application/json', accept: 'text/event-stream', authorization: `Bearer ${tenant.key}` },
          body: JSON.stringify({ query, variables }),
        }),
      );
      expect(await response.text()).toContain('temporarily unavailable');
    }
    gateway.line.restore();
    await stream.close();
  });
});

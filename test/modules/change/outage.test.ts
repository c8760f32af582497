// The database is away between an event's being read and the loading of what it names.
import { describe, expect, onTestFinished, test, vi } from 'vitest';
import { feedPage, patienceMs } from '../../../src/modules/change/live/feed.ts';
import { type Tenant, useApp } from '../../support/harness.ts';
import { phoneLine } from '../../support/lines.ts';
import { useAway } from './away.ts';
import { openStream } from './stream.ts';

const recorded = 'subscription ($after: String) { messageRecorded(after: $after) { cursor message { body } } }';
/** So long that few fit into what is loaded ahead of who reads. */
const words = Array.from({ length: 10 }, (_, index) => `${index}`.repeat(10_000));

describe.runIf(process.env.TEST_DATABASE_URL)('on a server', () => {
  const parley = useApp();
  const away = useAway(parley);

  /** A stream that all the words have come to, of which the first alone was taken: what the others name is still to be loaded. */
  async function toldOfAll(tenant: Tenant) {
    const stream = await openStream(away.app, tenant.key, recorded);
    // Streams with other scopes share nothing that was loaded.
    const other = await openStream(away.app, await parley.key(tenant.id, ['conversations:read']), recorded);
    await parley.importLines(
      tenant,
      words.map((body) => phoneLine({ body })),
    );
    for (const body of words) expect(await other.take()).toMatchObject({ message: { body } });
    await other.close();
    return { stream, first: await stream.take() };
  }

  test('however long it is, the events wait', async () => {
    const { stream } = await toldOfAll(await parley.tenant());
    away.line.cut('asking');
    const rest = (async () => {
      for (const body of words.slice(1)) expect(await stream.take()).toMatchObject({ message: { body } });
    })();
    // More often than anybody would try who gives up.
    await Promise.race([away.line.refusals(8), rest]);
    away.line.mend();
    await rest;
    await stream.close();
  });

  test('a stream that is ended meanwhile gives no event without what it names: who comes back misses nothing', async () => {
    const tenant = await parley.tenant();
    const { stream, first } = await toldOfAll(tenant);
    away.line.cut('asking');
    const seen = [first];
    const rest = (async () => {
      for (let answer = await stream.next(); answer !== null; answer = await stream.next()) {
        if (answer.data === null) expect(answer.errors).toMatchObject([{ message: 'temporarily unavailable' }]);
        else seen.push(answer.data.messageRecorded);
      }
    })();
    await away.line.refusals(1);
    away.app.endStreams();
    await rest;
    expect(seen.length).toBeLessThan(words.length);
    const again = await openStream(parley.app, tenant.key, recorded, { after: seen.at(-1).cursor });
    while (seen.length < words.length) seen.push(await again.take());
    expect(seen.map(({ message }) => message?.body)).toEqual(words);
    await again.close();
  });

  test('a stream that has fallen behind is not cut off for it, however long it is', async () => {
    const tenant = await parley.tenant();
    const stream = await openStream(away.app, tenant.key, recorded);
    const other = await openStream(away.app, await parley.key(tenant.id, ['conversations:read']), recorded);
    vi.useFakeTimers({ toFake: ['setTimeout', 'clearTimeout'], shouldClearNativeTimers: true });
    onTestFinished(() => void vi.useRealTimers());
    const lines = Array.from({ length: feedPage + 100 }, (_, index) => phoneLine({ body: String(index) }));
    await parley.importLines(tenant, lines);
    for (const { body } of lines) expect(await other.take()).toMatchObject({ message: { body } });
    await other.close();
    away.line.cut('asking');
    const rest = (async () => {
      for (const { body } of lines) expect(await stream.take()).toMatchObject({ message: { body } });
    })();
    await away.line.refusals(1);
    vi.advanceTimersByTime(patienceMs);
    away.line.mend();
    vi.useRealTimers();
    await rest;
    await stream.close();
  });

  test('a stream that is to begin is refused at once, and may be asked for again', async () => {
    const tenant = await parley.tenant();
    await parley.importLines(tenant, [phoneLine({})]);
    const { data } = await parley.graphql(tenant.key, '{ conversations { nodes { id } } changes { latestCursor } }');
    const [{ id }] = data.conversations.nodes;
    const stream = await openStream(away.app, tenant.key, recorded);
    away.line.cut('asking');
    for (const variables of [{}, { after: data.changes.latestCursor }, { id }]) {
      const query = 'subscription ($id: ID, $after: String) { messageRecorded(conversationId: $id, after: $after) { cursor } }';
      const response = await away.app.fetch(
        new Request('http://parley.test/graphql', {
          method: 'POST',
          headers: { 'content-type': 'application/json', accept: 'text/event-stream', authorization: `Bearer ${tenant.key}` },
          body: JSON.stringify({ query, variables }),
        }),
      );
      expect(await response.text()).toContain('temporarily unavailable');
    }
    away.line.mend();
    await stream.close();
  });
});

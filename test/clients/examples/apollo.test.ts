import { expect, onTestFinished, test, vi } from 'vitest';
import { parleyClient } from '../../../src/web/examples/apollo/client.ts';
import { openThread } from '../../../src/web/examples/apollo/thread.ts';
import { keyOf, record, thread, url } from '../support/gateway.ts';

const file = 'examples/apollo';

test('Apollo Client: shows a page, older messages, and new ones live', async () => {
  const { conversation } = await record(file, '+15550005002', thread(0, 9));
  const show = vi.fn();
  const sees = (expected: readonly string[]) => vi.waitFor(() => expect(show.mock.lastCall?.[0]).toEqual(expected), { timeout: 20_000 });
  const opened = await openThread(parleyClient(url, keyOf(file)), conversation.id, show);
  onTestFinished(opened.close);
  await sees(thread(5, 9));
  await opened.older();
  await sees(thread(0, 9));
  await record(file, '+15550005002', ['live']);
  await sees([...thread(0, 9), 'live']);
});

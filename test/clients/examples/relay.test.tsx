import { test } from 'vitest';
import { parleyEnvironment } from '../../../src/web/examples/relay/environment.ts';
import { Thread } from '../../../src/web/examples/relay/thread.tsx';
import { show } from '../relay/screen.tsx';
import { keyOf, record, thread, url } from '../support/gateway.ts';

const file = 'examples/relay';

test('Relay: shows a page, older messages, and new ones live', async () => {
  const { conversation } = await record(file, '+15550005003', thread(0, 9));
  const page = show(parleyEnvironment(url, keyOf(file)), <Thread id={conversation.id} />);
  await page.sees(thread(5, 9));
  page.click('Older messages');
  await page.sees(thread(0, 9));
  await record(file, '+15550005003', ['live']);
  await page.sees([...thread(0, 9), 'live']);
});

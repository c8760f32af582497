import { afterAll, expect, test } from 'vitest';
import { useApp } from '../support/harness.ts';
import { useServer } from '../support/server.ts';
import { inBrowser, useBrowser } from './support/browser.ts';
import { longConversation, measureScroll } from './support/scroll.ts';

// test/long has the same with 100,000 messages, which take minutes to write, and with limits of time.
inBrowser('a conversation of 8,000 messages', () => {
  const parley = useApp();
  const server = useServer(parley);
  const browser = useBrowser(server);

  test('scrolls through thousands of messages with a bounded page', async () => {
    const key = await longConversation(parley, 8_000);
    const measured = await measureScroll(browser, key, 2_000);
    console.log(JSON.stringify(measured));
    expect(measured.elements).toBeLessThan(80);
    // Quiet machines need 17 ms; this one may run other tests.
    expect(measured.medianMs).toBeLessThan(250);
  }, 180_000);

  afterAll(() => parley.app?.endStreams());
});

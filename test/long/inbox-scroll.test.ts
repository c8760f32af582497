import { afterAll, expect, test } from 'vitest';
import { inBrowser, useBrowser } from '../browser/support/browser.ts';
import { longConversation, measureScroll } from '../browser/support/scroll.ts';
import { useApp } from '../support/harness.ts';
import { useServer } from '../support/server.ts';

inBrowser('a conversation of 100,000 messages', () => {
  const parley = useApp();
  const server = useServer(parley);
  const browser = useBrowser(server);

  test('scrolls at 60 frames a second through thousands of messages', async () => {
    const key = await longConversation(parley, 100_000);
    const measured = await measureScroll(browser, key, 8_000);
    console.log(JSON.stringify(measured));
    expect(measured.elements).toBeLessThan(80);
    expect(measured.medianMs).toBeLessThan(25);
    expect(measured.p95Ms).toBeLessThan(100);
  });

  afterAll(() => parley.app?.endStreams());
});

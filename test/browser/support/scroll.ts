import { generate } from '../../../src/modules/message/generate/generate.ts';
import type { useApp } from '../../support/harness.ts';
import type { useBrowser } from './browser.ts';
import { feed, openInbox } from './inbox.ts';

/** Generates a conversation of so many messages. @returns a key that shows nothing else */
export async function longConversation(parley: ReturnType<typeof useApp>, messages: number): Promise<string> {
  const tenant = await parley.tenant();
  await generate(parley.app.database, tenant.id, { conversations: 1, messages, rareMessages: 1, seed: 1 }, () => {});
  return tenant.key;
}

interface Measured {
  /** Milliseconds from the click until the newest message is shown. */
  openMs: number;
  /** Milliseconds between frames while the thread scrolls: the median, the 95th of a hundred, the longest. */
  medianMs: number;
  p95Ms: number;
  maxMs: number;
  /** The number of messages that were loaded. */
  loaded: number;
  /** The greatest number of messages that were elements at once. */
  elements: number;
}

/** Opens a thread and scrolls it up, faster than a hand does, until so many messages are loaded. */
export async function measureScroll(browser: ReturnType<typeof useBrowser>, key: string, messages: number): Promise<Measured> {
  const page = await openInbox(browser, key);
  let loaded = 50;
  page.on('response', (response) => {
    if (response.request().postData()?.includes('messagesPageQuery')) loaded += 200;
  });
  const begun = performance.now();
  await page.locator('.row').click();
  await page.locator('.message').first().waitFor();
  const openMs = Math.round(performance.now() - begun);
  const times: number[] = [];
  let elements = 0;
  while (loaded < messages) {
    const measured = await feed(page).evaluate(scrollUp, 50);
    times.push(...measured.times);
    elements = Math.max(elements, measured.elements);
  }
  times.sort((a, b) => a - b);
  const at = (part: number) => Math.round(times[Math.min(times.length - 1, Math.floor(times.length * part))] ?? 0);
  return { openMs, medianMs: at(0.5), p95Ms: at(0.95), maxMs: at(1), loaded, elements };
}

/** Runs in the page: scrolls up for so many frames. */
async function scrollUp(scroller: Element, frames: number): Promise<{ times: number[]; elements: number }> {
  const times: number[] = [];
  let elements = 0;
  let last = await new Promise<number>(requestAnimationFrame);
  for (let frame = 0; frame < frames; frame++) {
    scroller.scrollTop -= 400;
    const now = await new Promise<number>(requestAnimationFrame);
    times.push(now - last);
    last = now;
    elements = Math.max(elements, scroller.querySelectorAll('article').length);
  }
  return { times, elements };
}

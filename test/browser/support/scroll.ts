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

/** Opens a thread and scrolls it up for so many frames, faster than a hand does. */
export async function measureScroll(browser: ReturnType<typeof useBrowser>, key: string, frames: number): Promise<Measured> {
  const page = await openInbox(browser, key);
  let pages = 0;
  page.on('response', (response) => {
    if (response.request().postData()?.includes('messagesPageQuery')) pages += 1;
  });
  const begun = performance.now();
  await page.locator('.row').click();
  await page.locator('.message').first().waitFor();
  const openMs = performance.now() - begun;
  const measured = await feed(page).evaluate(scrollUp, frames);
  const at = (part: number) =>
    Math.round(measured.times[Math.min(measured.times.length - 1, Math.floor(measured.times.length * part))] ?? 0);
  return {
    openMs: Math.round(openMs),
    medianMs: at(0.5),
    p95Ms: at(0.95),
    maxMs: at(1),
    loaded: 50 + pages * 200,
    elements: measured.elements,
  };
}

/** Runs in the page. */
async function scrollUp(scroller: Element, frames: number): Promise<{ times: number[]; elements: number }> {
  const times: number[] = [];
  let elements = 0;
  let last = await new Promise(requestAnimationFrame);
  for (let frame = 0; frame < frames; frame++) {
    scroller.scrollTop -= 400;
    const now = await new Promise<number>(requestAnimationFrame);
    times.push(now - Number(last));
    last = now;
    elements = Math.max(elements, scroller.querySelectorAll('article').length);
  }
  return { times: times.toSorted((a, b) => a - b), elements };
}

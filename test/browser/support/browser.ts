// A real browser for the tests of a file. Each page that it opens is watched: errors and requests to other machines fail the test.
import { readFileSync } from 'node:fs';
import { createRequire } from 'node:module';
import { type Browser, type BrowserContext, type BrowserContextOptions, chromium as engine, type Page } from 'playwright-core';
import { afterAll, afterEach, beforeAll, describe, expect } from 'vitest';
import { chromium } from './find.ts';

const axe = readFileSync(createRequire(import.meta.url).resolve('axe-core/axe.min.js'), 'utf8');

/** `describe` where there is a browser, else `describe.skip`. */
export const inBrowser = describe.skipIf(chromium === null);

/** The sizes at which pages are looked at. */
export const desktop = { width: 1280, height: 800 };
export const phone = { width: 390, height: 844 };

interface Violation {
  id: string;
  help: string;
  nodes: { html: string; failureSummary?: string }[];
}

/** Launches the browser of a test file. Call it in `inBrowser`. Pages may send requests to `server` and `others` only. */
export function useBrowser(server: { origin: string }, others: readonly string[] = []) {
  let browser: Browser;
  const contexts: BrowserContext[] = [];
  let problems: string[] = [];

  beforeAll(async () => {
    browser = await engine.launch({
      executablePath: chromium ?? '',
      // No name leads anywhere, so that no request leaves this machine even if a test does not notice it.
      args: ['--host-resolver-rules=MAP * ~NOTFOUND, EXCLUDE 127.0.0.1', '--disable-dev-shm-usage'],
    });
  });
  afterEach(async () => {
    const found = problems;
    problems = [];
    await Promise.all(contexts.splice(0).map((context) => context.close()));
    expect(found).toEqual([]);
  });
  afterAll(() => browser?.close());

  function watch(page: Page): void {
    const hosts = [server.origin, ...others].map((origin) => new URL(origin).host);
    const foreign = (url: string) => /^(https?|wss?):/.test(url) && !hosts.includes(new URL(url).host);
    const note = (url: string) => foreign(url) && problems.push(`request to ${url}`);
    page.on('request', (request) => note(request.url()));
    page.on('websocket', (socket) => note(socket.url()));
    page.on('pageerror', (error) => problems.push(`page error: ${error.stack ?? error.message}`));
    page.on('console', (message) => {
      if (message.type() === 'error') problems.push(`console error: ${message.text()} (${message.location().url})`);
    });
  }

  return {
    /** Opens a path, or an address of another server, in a new session of the browser. */
    async open(path: string, options: BrowserContextOptions = {}): Promise<Page> {
      const context = await browser.newContext({ viewport: desktop, colorScheme: 'light', ...options });
      contexts.push(context);
      context.on('page', watch);
      const page = await context.newPage();
      await page.goto(new URL(path, server.origin).href);
      return page;
    },
    /** Forgets the problems so far that match, and fails if there is none: a test that provokes an error expects its line in the console. */
    forgive(expected: RegExp): void {
      expect(problems).toContainEqual(expect.stringMatching(expected));
      problems = problems.filter((problem) => !expected.test(problem));
    },
  };
}

/** Puts a key into the field that every page has. */
export async function pasteKey(page: Page, key: string): Promise<void> {
  await page.locator('#key').fill(key);
  await page.getByRole('button', { name: 'Use' }).click();
}

/** Returns the violations of WCAG 2.2 AA and of axe's best practices that axe-core finds, each as one line. */
export async function violations(page: Page, exclude: readonly string[] = []): Promise<string[]> {
  // As an expression of the debugger, which the page's Content-Security-Policy does not bind.
  const session = await page.context().newCDPSession(page);
  await session.send('Runtime.evaluate', { expression: axe });
  const { result } = await session.send('Runtime.evaluate', {
    expression: `axe.run({ exclude: ${JSON.stringify(exclude.map((selector) => [selector]))} }).then(({ violations }) => violations)`,
    awaitPromise: true,
    returnByValue: true,
  });
  await session.detach();
  return (result.value as Violation[]).flatMap(({ id, help, nodes }) => nodes.map(({ html }) => `${id}: ${help}: ${html}`));
}

/** The folder for pictures of pages, if SCREENSHOTS names one. */
const pictures = process.env.SCREENSHOTS;

/** Writes pictures of a page, light and dark, wide and narrow, if SCREENSHOTS names a folder. */
export async function takePictures(page: Page, name: string): Promise<void> {
  if (!pictures) return;
  for (const [size, viewport] of Object.entries({ desktop, phone })) {
    await page.setViewportSize(viewport);
    for (const colorScheme of ['light', 'dark'] as const) {
      await page.emulateMedia({ colorScheme });
      await page.screenshot({ path: `${pictures}/${name}-${size}-${colorScheme}.png` });
    }
  }
}

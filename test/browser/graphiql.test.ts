import type { Page } from 'playwright-core';
import { expect, test } from 'vitest';
import { examples } from '../../src/web/examples.ts';
import { inBrowser, pasteKey, takePictures, useBrowser, violations } from './support/browser.ts';
import { useDemoServer } from './support/demo-server.ts';

// GraphiQL is not ours: axe-core checks our bar above it.
const notOurs = ['.graphiql-container'];

/** Runs the operation of a tab until its answer contains a text, and returns the visible part. GraphiQL notices a moment after the click on a tab which operation it has. */
async function run(page: Page, tab: string, text: string): Promise<string> {
  await page.locator('.graphiql-tab-button').getByText(tab, { exact: true }).click();
  await expect.poll(() => visible(page, '.graphiql-query-editor'), { timeout: 20_000 }).toContain(` ${tab}`);
  const pressed = async () => {
    await page.locator('.graphiql-execute-button').click();
    return visible(page, '.result-window');
  };
  await expect.poll(pressed, { timeout: 30_000, interval: 1_000 }).toContain(text);
  return visible(page, '.result-window');
}

/** Returns a text of an editor, which shows spaces as another character. */
async function visible(page: Page, editor: string): Promise<string> {
  return (await page.locator(editor).innerText()).replaceAll('\u00a0', ' ');
}

inBrowser('GraphiQL', () => {
  const server = useDemoServer();
  const browser = useBrowser(server);

  test('runs each example, shows its price, and the subscription receives the message of the mutation', async () => {
    const page = await browser.open('/graphql');
    await page.locator('.graphiql-execute-button').waitFor();
    expect(await violations(page, notOurs)).toEqual([]);
    const other = await page.context().newPage();
    await other.goto(`${server.origin}/graphql`);
    await page.locator('.graphiql-tab-button').getByText('Arriving', { exact: true }).click();
    await expect.poll(() => new URL(page.url()).searchParams.get('query') ?? '', { timeout: 20_000 }).toContain('Arriving');
    const subscribed = page.waitForResponse((response) => (response.headers()['content-type'] ?? '').startsWith('text/event-stream'));
    await page.locator('.graphiql-execute-button').click();
    await subscribed;
    await run(other, 'Record', '"outcome": "CREATED"');
    await expect
      .poll(() => visible(page, '.result-window'), { timeout: 20_000 })
      .toContain('"body": "Is the appointment on Monday still free?"');
    expect(await page.locator('#price').innerText()).toMatch(/^This operation cost \d+; at most 100,000 is allowed\.$/);
    await page.locator('.graphiql-execute-button').click();
    for (const { query } of examples) {
      const [, kind = '', name = ''] = /^(query|mutation|subscription) (\w+)/m.exec(query) ?? [];
      if (kind === 'subscription') continue;
      expect(await run(other, name, '"data"'), name).not.toContain('"errors"');
      expect(await other.locator('#price').innerText()).toMatch(/cost [\d,]+;/);
    }
    await takePictures(page, 'graphiql');
  });

  test('says what to paste when the key is refused, and keeps the key until the tab is closed', async () => {
    const page = await browser.open('/graphql');
    await page.locator('.graphiql-execute-button').waitFor();
    await pasteKey(page, 'am_live_wrong00000000000000000000000000');
    await page.getByRole('alert').filter({ hasText: 'parley key create' }).waitFor();
    browser.forgive(/401/);
    await pasteKey(page, 'Authorization: Bearer am_live_demoreadonly0000000000000000000');
    await page.reload();
    expect(await page.locator('#key').inputValue()).toBe('am_live_demoreadonly0000000000000000000');
    expect(await run(page, 'Viewer', '"scopes"')).not.toContain('messages:ingest');
  });
});

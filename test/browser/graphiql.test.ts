import type { Page } from 'playwright-core';
import { expect, test } from 'vitest';
import { examples } from '../../src/web/examples.ts';
import { inBrowser, pasteKey, takePictures, useBrowser, violations } from './support/browser.ts';
import { useDemoServer } from './support/demo-server.ts';

// GraphiQL is not ours: axe-core checks our bar above it.
const notOurs = ['.graphiql-container'];

/** Presses the play button in a tab. */
async function run(page: Page, tab: string): Promise<void> {
  await page.getByRole('tab', { name: tab, exact: true }).click();
  const editor = page.locator('.graphiql-query-editor');
  await expect.poll(async () => (await editor.innerText()).replaceAll('\u00a0', ' '), { timeout: 20_000 }).toContain(` ${tab}`);
  await page.locator('.graphiql-execute-button').click();
}

/** Waits until the answer on the right contains a text, and returns what is visible of it. */
async function answerWith(page: Page, text: string): Promise<string> {
  const answer = page.locator('.result-window');
  // The editor shows spaces as another character.
  await expect.poll(async () => (await answer.innerText()).replaceAll('\u00a0', ' '), { timeout: 20_000 }).toContain(text);
  return (await answer.innerText()).replaceAll('\u00a0', ' ');
}

inBrowser('GraphiQL', () => {
  const server = useDemoServer();
  const browser = useBrowser(server);

  test('runs each example, shows its price, and the subscription receives the message of the mutation', async () => {
    const page = await browser.open('/graphql');
    await page.locator('.graphiql-execute-button').waitFor();
    expect(await violations(page, notOurs)).toEqual([]);
    await run(page, 'Arriving');
    const other = await page.context().newPage();
    await other.goto(`${server.origin}/graphql`);
    await run(other, 'Record');
    await answerWith(other, '"outcome": "CREATED"');
    await answerWith(page, '"body": "Is the appointment on Monday still free?"');
    expect(await page.locator('#price').innerText()).toMatch(/^This operation cost \d+; at most 100,000 is allowed\.$/);
    await page.locator('.graphiql-execute-button').click();
    for (const { query } of examples) {
      const [, kind = '', name = ''] = /^(query|mutation|subscription) (\w+)/m.exec(query) ?? [];
      if (kind === 'subscription') continue;
      await run(other, name);
      expect(await answerWith(other, '"data"'), name).not.toContain('"errors"');
      expect(await other.locator('#price').innerText()).toMatch(/cost \d+;/);
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
    await run(page, 'Viewer');
    expect(await answerWith(page, '"scopes"')).not.toContain('messages:ingest');
  });
});

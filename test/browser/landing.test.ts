import { expect, test } from 'vitest';
import { inBrowser, pasteKey, takePictures, useBrowser, violations } from './support/browser.ts';
import { useDemoServer } from './support/demo-server.ts';

inBrowser('our own pages', () => {
  const server = useDemoServer();
  const browser = useBrowser(server);

  test('the landing page answers a query and shows the same message three times', async () => {
    const page = await browser.open('/');
    await expect.poll(() => page.locator('#answer').innerText()).toContain('"totalCount": 26');
    expect(await page.locator('#price').innerText()).toMatch(/^Cost \d+ of at most 100,000\.$/);
    const { data } = JSON.parse(await page.locator('#answer').innerText());
    const newest = data.conversations.nodes[0].messages.nodes.at(-1).body;
    const panes = page.locator('.panes pre');
    expect(await panes.count()).toBe(3);
    for (const pane of await panes.all()) {
      await expect.poll(async () => JSON.parse((await pane.innerText()) || 'null')).not.toBe(null);
      const [message] = JSON.parse(await pane.innerText()).data;
      expect(message.body ?? message.message).toBe(newest);
    }
    expect(await violations(page)).toEqual([]);
    await page.locator('#query').fill('{ viewer { organization { name } } }');
    await page.getByRole('button', { name: 'Run' }).click();
    await expect.poll(() => page.locator('#answer').innerText()).toContain('Larkspur Optical (demo)');
    await takePictures(page, 'landing');
  });

  test('the landing page says what to paste when the key is refused', async () => {
    const page = await browser.open('/');
    await pasteKey(page, 'nothing');
    await page.getByRole('alert').filter({ hasText: 'parley key create' }).waitFor();
    browser.forgive(/401/);
    await pasteKey(page, 'am_live_demoother000000000000000000000');
    await page.locator('#query').fill('{ viewer { organization { name } } }');
    await page.getByRole('button', { name: 'Run' }).click();
    await expect.poll(() => page.locator('#answer').innerText()).toContain('Harbor Point Plumbing (demo)');
  });

  test('the landing page links to pages that exist', async () => {
    const page = await browser.open('/');
    const links = await page.locator('a[href^="/"]').evaluateAll((all) => all.map((link) => link.getAttribute('href') ?? ''));
    expect(links.length).toBeGreaterThan(10);
    for (const link of new Set(links)) {
      const { status } = await fetch(server.origin + link, { headers: { accept: 'text/html' } });
      expect([link, status]).toEqual([link, 200]);
    }
  });

  test('the schema page finds fields by name and leads to types', async () => {
    const page = await browser.open('/schema');
    await page.getByLabel('Search types and fields').fill('highlights');
    await expect.poll(() => page.locator('.type:not([hidden])').count()).toBe(1);
    expect(await page.locator('#found').innerText()).toBe('1 found');
    // Of a few fields: the check of a thousand takes a minute on a slow machine.
    expect(await violations(page)).toEqual([]);
    await page.locator('.type:not([hidden]) dt').getByRole('link', { name: 'Highlight' }).first().click();
    await expect.poll(() => page.locator('#Highlight').isVisible()).toBe(true);
    expect(await page.locator('[id="Query.conversations"] .scope').innerText()).toBe('conversations:read');
    await takePictures(page, 'schema');
  });

  test('the page of the import format explains each field', async () => {
    const page = await browser.open('/docs/import');
    await page.getByText('externalId').first().waitFor();
    expect(await violations(page)).toEqual([]);
    await takePictures(page, 'import');
  });

  test('our pages have no violation in dark colours on a phone', async () => {
    for (const path of ['/', '/schema', '/docs/import']) {
      const page = await browser.open(path, { colorScheme: 'dark', viewport: { width: 390, height: 844 } });
      if (path === '/schema') await page.getByLabel('Search types and fields').fill('highlights');
      expect([path, await violations(page)]).toEqual([path, []]);
      // Nothing is wider than the screen.
      expect(await page.evaluate(() => document.documentElement.scrollWidth)).toBe(390);
    }
  });
});

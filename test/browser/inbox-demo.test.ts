// The inbox with the demo, whose conversations have everything: its key is offered, and axe-core reads each state.
import { writeFile } from 'node:fs/promises';
import type { Page } from 'playwright-core';
import { expect, test } from 'vitest';
import { inBrowser, phone, takePictures, useBrowser, violations } from './support/browser.ts';
import { useDemoServer } from './support/demo-server.ts';
import { bubble, rows } from './support/inbox.ts';

const larkspur = '+15554443333';

inBrowser('the inbox with the demo', () => {
  const server = useDemoServer();
  const browser = useBrowser(server);

  const states: Record<string, (page: Page) => Promise<unknown>> = {
    list: (page) => rows(page).first().waitFor(),
    thread: async (page) => {
      await page.getByRole('link', { name: larkspur }).click();
      await bubble(page, 'Cancel my appointment please').waitFor();
    },
    details: async (page) => {
      await page
        .getByRole('link', { name: /^Store leads/ })
        .or(page.getByRole('link', { name: 'Store leads & lab' }))
        .first()
        .click();
      await page.getByRole('button', { name: 'Details' }).click();
      await page.getByRole('heading', { name: 'People' }).waitFor();
      await page.locator('.message').last().waitFor();
    },
    search: async (page) => {
      await page.getByLabel('Search all messages').fill('appointment');
      await page.locator('.row mark').first().waitFor();
    },
    key: async (page) => {
      await page.getByRole('button', { name: 'Change key' }).click();
      await page.getByRole('button', { name: 'Use the demo’s key' }).waitFor();
    },
  };

  test.each(Object.entries(states))('has no violation of accessibility: %s', async (name, reach) => {
    const page = await browser.open('/inbox');
    await page.locator('.live', { hasText: 'Live' }).waitFor();
    await reach(page);
    expect(await violations(page)).toEqual([]);
    await page.emulateMedia({ colorScheme: 'dark' });
    expect(await violations(page)).toEqual([]);
    await page.setViewportSize(phone);
    expect(await violations(page)).toEqual([]);
    await page.emulateMedia({ colorScheme: 'light' });
    expect(await violations(page)).toEqual([]);
    await takePictures(page, `inbox-${name}`);
  });

  test('begins with the demo’s key, and with none after it was removed', async () => {
    const page = await browser.open('/inbox');
    await rows(page).first().waitFor();
    await page.getByRole('button', { name: 'Change key' }).click();
    await page.reload();
    await page.getByRole('button', { name: 'Use the demo’s key' }).click();
    await rows(page).first().waitFor();
  });

  // README_PICTURE=.github/inbox.webp writes the picture of README.
  test.runIf(process.env.README_PICTURE)('has its picture taken', async () => {
    const page = await browser.open('/inbox#details=yes');
    await rows(page).nth(1).click();
    await page.getByText('Opted in on').waitFor();
    await page.locator('.message').last().waitFor();
    const session = await page.context().newCDPSession(page);
    const { data } = await session.send('Page.captureScreenshot', { format: 'webp', quality: 80 });
    await writeFile(process.env.README_PICTURE ?? '', Buffer.from(data, 'base64'));
  });
});

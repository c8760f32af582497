// The pages of a gateway without the demo: with no key, a wrong one, one without the scope, and a real one.
import { join } from 'node:path';
import type { Page } from 'playwright-core';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { type Tenant, useApp } from '../support/harness.ts';
import { useServer } from '../support/server.ts';
import { inBrowser, pasteKey, useBrowser } from './support/browser.ts';
import { line } from './support/inbox.ts';

const manifest = join(import.meta.dirname, '../../src/web/inbox/operations.json');
// Letters that no header can hold, as a word processor writes them.
const wrongKeys = ['am_live_wrong00000000000000000000000000', '“am_live_ключ”'];
const refused = (page: Page) => page.getByRole('alert').filter({ hasText: 'This key was refused' });

inBrowser('pages without the demo', () => {
  const parley = useApp();
  const server = useServer(parley);
  const browser = useBrowser(server);
  let tenant: Tenant;
  let scopeless: string;

  beforeAll(async () => {
    tenant = await parley.tenant();
    scopeless = await parley.key(tenant.id, ['org:admin:write']);
    await parley.importLines(tenant, [line('+15551110001', 1, 'Our message')]);
  });

  test('the landing page asks for a key, and shows nothing of a key that was replaced', async () => {
    const page = await browser.open('/');
    const answer = page.locator('#answer');
    await answer.getByText('Paste a key at the top of the page.').waitFor();
    const panes = () => page.locator('.panes pre').allTextContents();
    for (const key of [...wrongKeys, scopeless]) {
      await pasteKey(page, tenant.key);
      await expect.poll(async () => (await panes()).every((text) => text.includes('Our message'))).toBe(true);
      expect(await refused(page).count()).toBe(0);
      await pasteKey(page, key);
      await answer.getByText(/UNAUTHENTICATED|FORBIDDEN/).waitFor();
      expect(await panes()).toEqual(['', '', '']);
    }
    browser.forgive(/401/);
  });

  test('the schema page asks for a key, and shows the schema to every valid one', async () => {
    const page = await browser.open('/schema');
    await page.getByRole('alert').filter({ hasText: 'Paste a key here' }).waitFor();
    for (const key of wrongKeys) {
      await pasteKey(page, key);
      await refused(page).waitFor();
    }
    await pasteKey(page, scopeless);
    await page.locator('[id="Query.conversations"]').waitFor();
    expect(await page.getByRole('alert').count()).toBe(0);
    browser.forgive(/401/);
  });

  test('GraphiQL asks for a key', async () => {
    const page = await browser.open('/graphql');
    await page.getByRole('alert').filter({ hasText: 'Paste a key here' }).waitFor();
    for (const key of wrongKeys) {
      await pasteKey(page, key);
      await refused(page).waitFor();
    }
    await pasteKey(page, tenant.key);
    await refused(page).waitFor({ state: 'detached' });
    browser.forgive(/401/);
  });

  test('a reference asks for a key at the first try, and GraphiQL receives the key with the link', async () => {
    const page = await browser.open('/agentmessage/docs');
    const block = page.locator('#operations-default-listConversations');
    await block.locator('.opblock-summary-control').click();
    await block.getByRole('button', { name: 'Execute' }).click();
    await page.getByRole('alert').filter({ hasText: 'Paste a key here' }).waitFor();
    await pasteKey(page, wrongKeys[1] ?? '');
    await block.getByRole('button', { name: 'Execute' }).click();
    await refused(page).waitFor();
    browser.forgive(/401/);
    await pasteKey(page, tenant.key);
    await block.getByRole('button', { name: 'Execute' }).click();
    await expect.poll(() => block.locator('.live-responses-table').innerText()).toContain('"success": true');
    await block.getByText('The GraphQL behind it').click();
    const [opened] = await Promise.all([page.context().waitForEvent('page'), block.getByText('Open in GraphiQL').click()]);
    await expect.poll(() => opened.locator('#key').inputValue()).toBe(tenant.key);
    expect(opened.url()).not.toContain('am_live');
  });

  test.each(['/inbox', '/inbox/stats'])('%s asks for another key', async (path) => {
    const page = await browser.open(path);
    const use = async (key: string) => {
      await page.getByLabel('API key').fill(key);
      await page.getByRole('button', { name: 'Open the inbox' }).click();
    };
    for (const key of wrongKeys) {
      await use(key);
      await page.getByRole('alert').filter({ hasText: 'does not accept this key' }).waitFor();
    }
    browser.forgive(/401/);
    await use(scopeless);
    await page.getByRole('alert').filter({ hasText: 'conversations:read' }).waitFor();
    await page.getByRole('button', { name: 'Use another key' }).click();
    await use(tenant.key);
    await page.getByRole('heading', { level: 1 }).waitFor();
    await page.getByRole('link', { name: 'Parley' }).click();
    await page.locator('#answer').getByText('Our message').waitFor();
  });

  afterAll(() => parley.app?.endStreams());
});

inBrowser('pages of a gateway that runs only trusted operations', () => {
  const parley = useApp({ trustedOperations: { path: manifest, only: true } });
  const server = useServer(parley);
  const browser = useBrowser(server);

  test('show the gateway’s reason', async () => {
    const { key } = await parley.tenant();
    const page = await browser.open('/');
    await pasteKey(page, key);
    await page.locator('#answer').getByText('FORBIDDEN').waitFor();
    await page.goto(`${server.origin}/schema`);
    await page.locator('#refused').waitFor();
    browser.forgive(/40\d/);
  });
});

import { expect, test } from 'vitest';
import { inBrowser, pasteKey, takePictures, useBrowser, violations } from './support/browser.ts';
import { useDemoServer } from './support/demo-server.ts';

// Swagger UI is not ours: axe-core checks our bar, and the GraphQL behind each operation.
const notOurs = ['.swagger-ui'];

inBrowser('the reference', () => {
  const server = useDemoServer();
  const browser = useBrowser(server);

  test.each([
    ['agentmessage', 'listMessages', '"success": true'],
    ['agentphone', 'getConversation', '"messageCount"'],
    ['ziik', 'listMessages', '"next_cursor"'],
  ])('of %s answers a try of %s, and opens the GraphQL behind it', async (name, operation, text) => {
    const page = await browser.open(`/${name}/docs`);
    const block = page.locator(`#operations-default-${operation}`);
    await block.locator('.opblock-summary-control').click();
    await block.getByRole('button', { name: 'Execute' }).click();
    const answer = block.locator('.live-responses-table');
    await expect.poll(() => answer.innerText(), { timeout: 20_000 }).toContain(text);
    expect(await answer.locator('tr.response .response-col_status').first().innerText()).toContain('200');
    await block.getByText('The GraphQL behind it').click();
    expect(await violations(page, notOurs)).toEqual([]);
    await takePictures(page, `docs-${name}`);
    const [opened] = await Promise.all([page.context().waitForEvent('page'), block.getByText('Open in GraphiQL').click()]);
    await expect.poll(() => opened.locator('.graphiql-editors').innerText(), { timeout: 20_000 }).toMatch(/"(id|conversation)":/);
    await opened.locator('.graphiql-execute-button').click();
    const result = opened.locator('.result-window');
    await expect.poll(() => result.innerText(), { timeout: 20_000 }).toMatch(/"(nodes|messages|type)"/);
    expect(await result.innerText()).not.toMatch(/"errors"|"conversation":\s+null/);
  });

  test('uses a pasted key', async () => {
    const page = await browser.open('/agentmessage/docs');
    await pasteKey(page, 'am_live_wrong00000000000000000000000000');
    const block = page.locator('#operations-default-listConversations');
    await block.locator('.opblock-summary-control').click();
    await block.getByRole('button', { name: 'Execute' }).click();
    await page.getByRole('alert').filter({ hasText: 'This key was refused' }).waitFor();
    browser.forgive(/401/);
    await pasteKey(page, 'am_live_demoother000000000000000000000');
    await block.getByRole('button', { name: 'Execute' }).click();
    await expect.poll(() => block.locator('.live-responses-table').innerText()).toContain('"success": true');
  });
});

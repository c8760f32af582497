import { join } from 'node:path';
import { afterAll, expect, test } from 'vitest';
import { useApp } from '../support/harness.ts';
import { useServer } from '../support/server.ts';
import { inBrowser, useBrowser } from './support/browser.ts';
import { bubble, line, openInbox } from './support/inbox.ts';

const ann = '+15551110001';
const manifest = join(import.meta.dirname, '../../src/web/inbox/operations.json');

inBrowser('a gateway that runs only the operations of the inbox', () => {
  const parley = useApp({ trustedOperations: { path: manifest, only: true } });
  const server = useServer(parley);
  const browser = useBrowser(server);

  test('serves it whole, and sends no document', async () => {
    const tenant = await parley.tenant();
    await parley.importLines(
      tenant,
      Array.from({ length: 120 }, (_, minute) => line(ann, minute, `Line ${minute}`)),
    );
    const page = await openInbox(browser, tenant.key);
    const bodies: string[] = [];
    page.on('request', (request) => bodies.push(request.postData() ?? ''));
    await page.getByRole('link', { name: ann }).click();
    await bubble(page, 'Line 119').waitFor();
    await page.getByRole('button', { name: 'Mark as read' }).click();
    await page.getByRole('button', { name: 'Mark as read' }).waitFor({ state: 'detached' });
    await page.getByRole('button', { name: 'Details' }).click();
    await page.getByText('No answer').waitFor();
    await page.getByLabel('Search all messages').fill('line 3');
    await page.locator('.row mark').first().waitFor();
    await parley.importLines(tenant, [line(ann, 200, 'Live')]);
    await bubble(page, 'Live').waitFor();

    const sent = bodies.filter((body) => body.startsWith('{'));
    expect(sent.length).toBeGreaterThan(3);
    for (const body of sent) expect(JSON.parse(body)).not.toHaveProperty('query');
    const other = await parley.graphql(tenant.key, '{ viewer { name } }');
    expect(other.errors?.[0]?.extensions.code).toBe('FORBIDDEN');
  });

  afterAll(() => parley.app?.endStreams());
});

inBrowser('a gateway that does not know the operations of the inbox', () => {
  const parley = useApp();
  const server = useServer(parley);
  const browser = useBrowser(server);

  test('receives each document once', async () => {
    const tenant = await parley.tenant();
    await parley.importLines(tenant, [line(ann, 1, 'Hello')]);
    const page = await browser.open('/inbox');
    const bodies: { query?: string; operationName: string }[] = [];
    // An older gateway beside this one: it has other operations, so their hashes are unknown here.
    await page.route('**/graphql', (route) => {
      const body = route.request().postDataJSON();
      bodies.push(body);
      const sha256Hash =
        body.query === undefined ? `unknown ${body.extensions.persistedQuery.sha256Hash}` : body.extensions.persistedQuery.sha256Hash;
      return route.continue({ postData: JSON.stringify({ ...body, extensions: { persistedQuery: { version: 1, sha256Hash } } }) });
    });
    await page.getByLabel('API key').fill(tenant.key);
    await page.getByRole('button', { name: 'Open the inbox' }).click();
    await page.getByRole('link', { name: ann }).click();
    await bubble(page, 'Hello').waitFor();
    const thread = bodies.filter(({ operationName }) => operationName === 'threadQuery');
    expect(thread.map(({ query }) => query === undefined)).toEqual([true, false]);
    browser.forgive(/404/);
  });

  afterAll(() => parley.app?.endStreams());
});

// The inbox with content that people write to break pages, at addresses of another organization, and after a change of the key.
import { afterAll, beforeEach, expect, test } from 'vitest';
import { type Tenant, useApp } from '../support/harness.ts';
import { useServer } from '../support/server.ts';
import { inBrowser, useBrowser } from './support/browser.ts';
import { bubble, conversationOf, feed, line, openInbox, rows, seesRows } from './support/inbox.ts';

const markup = '<img src=x onerror="document.title=1"><script>document.title=2</script>';
const reversed = '\u202e';
const ann = '+15551110001';
const bob = '+15551110002';
const cleo = '+15551110003';

inBrowser('the inbox with hostile content', () => {
  const parley = useApp();
  const server = useServer(parley);
  const browser = useBrowser(server);
  let tenant: Tenant;
  let other: Tenant;

  beforeEach(async () => {
    [tenant, other] = [await parley.tenant(), await parley.tenant()];
    await parley.importLines(tenant, [
      line(bob, 0, 'Of Bob'),
      line(ann, 1, `${markup} javascript:alert(1) https://x.example/"onmouseover=alert(1)`, { metadata: { [markup]: { a: markup } } }),
      line(ann, 2, 'w'.repeat(10_000)),
      line(ann, 3, 'Files', {
        mediaUrls: ['https://m.example/%3Cscript%3E.png', 'https://m.example/%E0%A4%A'],
        attachments: [{ name: markup, mime: 'image/png', size: 3, url: 'https://m.example/a' }],
      }),
      line(ann, 4, `${reversed} https://e.example/gnp.exe`),
      line(ann, 5, `needle ${'😀'.repeat(300)}`, { replyTo: `${ann} 3` }),
    ]);
    await parley.importLines(other, [line(cleo, 1, 'Of Cleo')]);
  });

  const messages = async (key: string, contact: string): Promise<{ id: string; body: string }[]> => {
    const query = 'query ($id: ID!) { conversation(id: $id) { messages { nodes { id body } } } }';
    const { data } = await parley.graphql(key, query, { id: await conversationOf(parley, key, contact) });
    return data.conversation.messages.nodes;
  };

  test('shows markup, long words and reversed text as text, on a small screen too', async () => {
    const page = await openInbox(browser, tenant.key, { conversation: await conversationOf(parley, tenant.key, ann), details: 'yes' });
    await page.locator('dd', { hasText: '<script>document.title=2' }).waitFor();
    await page.getByRole('button', { name: 'Close' }).click();
    await page.setViewportSize({ width: 320, height: 4_000 });
    await page.locator('.file-name', { hasText: markup }).waitFor();
    await bubble(page, 'w'.repeat(10_000)).waitFor();
    expect(await page.evaluate(() => document.documentElement.scrollWidth)).toBe(320);
    expect(await feed(page).evaluate(({ scrollWidth, clientWidth }) => scrollWidth - clientWidth)).toBe(0);
    expect(await page.title()).toBe('Parley – Inbox');
    expect(await page.locator('.thread img, .thread script').count()).toBe(0);
    expect(await page.locator('.thread a[target]').evaluateAll((links) => links.map((link) => link.getAttribute('href')))).toEqual([
      'https://x.example/',
      'https://m.example/%3Cscript%3E.png',
      'https://m.example/%E0%A4%A',
      'https://m.example/a',
      'https://e.example/gnp.exe',
    ]);
    // The character that reverses text does not reach into the link: nobody is shown exe.png.
    const link = page.locator('.text a[href$="gnp.exe"]');
    expect(await link.evaluate((element) => getComputedStyle(element).unicodeBidi)).toBe('isolate');
  });

  test('a found message is not cut within an emoji', async () => {
    const page = await openInbox(browser, tenant.key, { search: 'needle' });
    await page.locator('.row mark').waitFor();
    const snippet = (await page.locator('.row-snippet').textContent()) ?? '';
    expect(snippet.endsWith('…')).toBe(true);
    expect(snippet.isWellFormed()).toBe(true);
  });

  test('content that is removed disappears from the search, the thread, its quote, the list and the announcement', async () => {
    const page = await openInbox(browser, tenant.key, { search: 'needle' });
    await rows(page).first().click();
    await page.locator('.target').waitFor();
    const all = await messages(tenant.key, ann);
    const update = async (body: string, change: object) => {
      const query = 'mutation ($input: UpdateMessagesInput!) { updateMessages(input: $input) { results { outcome } } }';
      const id = all.find((each) => each.body.startsWith(body))?.id;
      const { data } = await parley.graphql(tenant.key, query, { input: { updates: [{ id, ...change }] } });
      expect(data.updateMessages.results).toEqual([{ outcome: 'UPDATED' }]);
    };
    await update('needle', { deletedAt: '2026-03-01T12:00:00Z' });
    await page.locator('.row-snippet', { hasText: 'Deleted on' }).waitFor();
    await page.locator('.removed', { hasText: 'Deleted on' }).waitFor();
    await update('Files', { redactedAt: '2026-03-01T12:00:00Z' });
    await page.locator('.quote', { hasText: 'Redacted on' }).waitFor();
    await page.getByLabel('Search all messages').fill('');
    await page.locator('.row-preview', { hasText: 'Deleted on' }).waitFor();
    expect(await page.evaluate(() => document.documentElement.outerHTML)).not.toMatch(/needle|😀/u);
    expect(await page.locator('.file-name').count()).toBe(0);
  });

  test('shows no conversation and no message of another organization, and says what is wrong with an address', async () => {
    const mine = await conversationOf(parley, tenant.key, ann);
    const foreign = await conversationOf(parley, other.key, cleo);
    const [foreignMessage] = await messages(other.key, cleo);
    const page = await openInbox(browser, tenant.key);
    const addresses: [Record<string, string>, string][] = [
      [{ conversation: foreign, details: 'yes' }, 'This conversation does not exist.'],
      [{ conversation: mine, message: foreignMessage?.id ?? '' }, 'this list does not contain the item'],
      [{ conversation: markup }, 'is no Conversation id'],
      [{ number: markup }, 'is no PhoneNumber id'],
      [{ search: 'y'.repeat(300) }, 'must have at most 256 characters'],
    ];
    for (const [address, text] of addresses) {
      await page.evaluate((hash) => location.replace(hash), `#${new URLSearchParams(address)}`);
      await page.getByText(text).first().waitFor();
      expect(await page.getByText('Of Cleo').count()).toBe(0);
    }
  });

  test('after a change of the key shows nothing of the old organization, and keeps the key in the tab only', async () => {
    const page = await openInbox(browser, tenant.key, { search: 'needle' });
    const streams: string[] = [];
    page.on('requestfailed', (request) => streams.push(request.postDataJSON()?.operationName));
    const addresses: string[] = [];
    page.on('request', (request) => addresses.push(request.url(), request.headers().referer ?? ''));
    await rows(page).first().click();
    await page.locator('.target').waitFor();
    await page.getByRole('button', { name: 'Change key' }).click();
    await expect.poll(() => streams.toSorted()).toEqual(['typingSubscription', 'useLiveSubscription']);
    expect(new URL(page.url()).hash).toBe('');
    await page.getByLabel('API key').fill(`Authorization: Bearer ${other.key}`);
    await page.getByRole('button', { name: 'Open the inbox' }).click();
    await seesRows(page, [cleo]);
    await parley.importLines(tenant, [line(bob, 50, 'Late')]);
    await page.goBack();
    await page.getByText('0 messages').waitFor();
    expect(await page.locator('#root').innerHTML()).not.toMatch(/😀|Of Bob|Late/u);
    expect(await page.evaluate(() => JSON.stringify([localStorage, sessionStorage]))).toBe(
      JSON.stringify([{}, { 'parley-key': other.key }]),
    );
    for (const address of addresses) expect(address).not.toMatch(/am_live|needle/);
  });

  afterAll(() => parley.app?.endStreams());
});

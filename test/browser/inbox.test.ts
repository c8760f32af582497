// Reading in the inbox: the list and its filters, threads, search, keyboard, keys.
import { afterAll, beforeAll, expect, test } from 'vitest';
import { type Tenant, useApp } from '../support/harness.ts';
import { useServer } from '../support/server.ts';
import { inBrowser, phone, useBrowser } from './support/browser.ts';
import { bubble, conversationOf, feed, line, openInbox, rows, seesRows } from './support/inbox.ts';

const ann = '+15551110001';
const bob = '+15551110002';
const long = '+15551110003';
const length = 400;

inBrowser('the inbox', () => {
  const parley = useApp();
  const server = useServer(parley);
  const browser = useBrowser(server);
  let tenant: Tenant;

  beforeAll(async () => {
    tenant = await parley.tenant();
    await parley.importLines(tenant, [
      ...Array.from({ length }, (_, minute) => line(long, minute, minute === 120 ? 'Where is the ceramic teapot?' : `Line ${minute}`)),
      line(bob, 1_000, 'Stop', { phoneNumber: '+15550000002', consent: { optedIn: false, at: '2026-01-01T17:00:00Z' } }),
      line(bob, 1_001, 'We stopped', { phoneNumber: '+15550000002', direction: 'outbound' }),
      line(ann, 2_000, null as unknown as string, { externalId: 'old', redactedAt: '2026-03-01T12:00:00Z' }),
      line(ann, 2_001, 'See https://example.com/a?b=1.', {
        consent: { optedIn: true, at: '2026-01-02T09:00:00Z' },
        metadata: { account: 'A-1' },
      }),
      line(ann, 2_002, 'A picture', {
        mediaUrls: ['https://media.example.com/cat.jpg'],
        reactions: [{ type: 'love', direction: 'outbound', createdAt: '2026-01-02T10:00:00Z' }],
        replyTo: `${ann} 2001`,
      }),
    ]);
  });

  test('lists the conversations, the latest first, and filters them', async () => {
    const page = await openInbox(browser, tenant.key);
    await seesRows(page, [ann, bob, long]);
    await page.getByLabel('Phone number').selectOption('+15550000002');
    await seesRows(page, [bob]);
    await page.getByLabel('Phone number').selectOption('All numbers');
    await page.getByLabel('Consent').selectOption('Opted in');
    await seesRows(page, [ann]);
    await page.getByLabel('Consent').selectOption('Opted out');
    await seesRows(page, [bob]);
    await page.getByLabel('Consent').selectOption('Any consent');
    await page.getByLabel('Contact, title or name').fill('0003');
    await seesRows(page, [long]);
    await page.getByLabel('Contact, title or name').fill('nobody');
    await page.getByText('No conversation matches.').waitFor();
    await page.reload();
    await page.getByText('No conversation matches.').waitFor();
    await page.getByLabel('Contact, title or name').fill('');
    await seesRows(page, [ann, bob, long]);
    await page.getByLabel('Unread').check();
    await seesRows(page, [ann, bob, long]);
  });

  test('shows media and links without loading them, reactions, replies, redaction, and the side panel', async () => {
    const page = await openInbox(browser, tenant.key);
    await page.getByRole('link', { name: ann }).click();
    const link = page.getByRole('link', { name: 'https://example.com/a?b=1', exact: true });
    expect([await link.getAttribute('href'), await link.getAttribute('rel')]).toEqual(['https://example.com/a?b=1', 'noreferrer noopener']);
    const media = page.getByRole('link', { name: 'cat.jpg' });
    expect([await media.getAttribute('rel'), await page.locator('img:not([src^="/assets/"])').count()]).toEqual(['noreferrer noopener', 0]);
    await bubble(page, 'A picture').getByText('❤️').waitFor();
    await bubble(page, 'A picture').locator('.quote', { hasText: 'See https://example.com' }).waitFor();
    await page.locator('.removed', { hasText: /^Redacted on Mar 1, 2026/ }).waitFor();
    await page.getByRole('button', { name: 'Details' }).click();
    const panel = page.getByRole('complementary', { name: 'Details' });
    await panel.getByText(/^Opted in on Jan 2, 2026/).waitFor();
    await panel.getByText('A-1').waitFor();
  });

  test('loads older messages as one scrolls up, each once and in order', async () => {
    const page = await openInbox(browser, tenant.key, { conversation: await conversationOf(parley, tenant.key, long) });
    await bubble(page, `Line ${length - 1}`).waitFor();
    await page.getByRole('button', { name: 'Details' }).click();
    await page.getByRole('heading', { name: 'People' }).waitFor();
    await expect.poll(() => feed(page).evaluate((each) => each.scrollHeight - each.scrollTop - each.clientHeight)).toBeLessThan(2);
    const seen = new Set<string>();
    await feed(page).hover();
    while (!seen.has('Line 0')) {
      const shown = await page.locator('.message .text').allTextContents();
      expect(shown.length).toBeLessThan(80);
      const numbers = shown.filter((text) => text.startsWith('Line')).map((text) => Number(text.slice(5)));
      expect(numbers).toEqual(numbers.toSorted((a, b) => a - b));
      expect(new Set(shown).size).toBe(shown.length);
      for (const text of shown) seen.add(text);
      await page.mouse.wheel(0, -500);
      await page.evaluate(() => new Promise(requestAnimationFrame));
    }
    expect(seen.size).toBe(length);
  });

  test('finds messages, marks the words, and opens the thread at one of them, from which one scrolls both ways', async () => {
    const page = await openInbox(browser, tenant.key);
    await page.keyboard.press('/');
    await page.keyboard.type('ceram');
    await expect.poll(() => page.locator('.row mark').allTextContents(), { timeout: 30_000 }).toEqual(['ceram']);
    await rows(page).first().click();
    const found = bubble(page, 'Where is the ceramic teapot?').or(page.locator('.target'));
    await found.waitFor();
    expect(await page.locator('.target mark').allTextContents()).toEqual(['ceram']);
    await expect.poll(() => page.locator('.target').evaluate((element) => element === document.activeElement)).toBe(true);
    await bubble(page, 'Line 119').waitFor();
    await page.getByLabel('Search all messages').fill('');
    await seesRows(page, [ann, bob, long]);
    expect(await page.locator('.target mark').allTextContents()).toEqual(['ceram']);
    await bubble(page, 'Line 121').waitFor();
    await page.getByRole('button', { name: 'Newest messages' }).click();
    await bubble(page, `Line ${length - 1}`).waitFor();
    await page.goBack();
    await page.locator('.target').waitFor();
    await feed(page).hover();
    while (!(await bubble(page, `Line ${length - 1}`).count())) {
      await page.mouse.wheel(0, 2_000);
      await page.evaluate(() => new Promise(requestAnimationFrame));
    }
  });

  test('is used with the keyboard', async () => {
    const page = await openInbox(browser, tenant.key);
    await seesRows(page, [ann, bob, long]);
    await page.getByRole('link', { name: ann }).focus();
    await page.keyboard.press('ArrowDown');
    await page.keyboard.press('Enter');
    await page.getByRole('heading', { name: bob }).waitFor();
    await page.keyboard.press('End');
    await page.keyboard.press('Enter');
    await page.getByRole('heading', { name: long }).waitFor();
    const focused = await page.evaluate(() => document.activeElement?.textContent);
    expect(focused).toContain(long);
  });

  test('shows the list, then the thread, on a phone', async () => {
    const page = await openInbox(browser, tenant.key, {}, { viewport: phone });
    await page.getByRole('link', { name: bob }).click();
    await bubble(page, 'We stopped').waitFor();
    expect(await rows(page).first().isVisible()).toBe(false);
    await page.getByRole('link', { name: 'Back to the list' }).click();
    await rows(page).first().waitFor();
    expect(await page.evaluate(() => document.documentElement.scrollWidth)).toBe(phone.width);
  });

  test('says what to do with a wrong key, with one without the scope, and with one that only reads', async () => {
    const page = await browser.open('/inbox');
    await page.getByLabel('API key').fill('am_live_wrong');
    await page.getByRole('button', { name: 'Open the inbox' }).click();
    await page.getByText('The gateway does not accept this key').waitFor();
    browser.forgive(/401/);

    await page.getByLabel('API key').fill(await parley.key(tenant.id, ['org:admin:write']));
    await page.getByRole('button', { name: 'Open the inbox' }).click();
    await page.getByText('Use a key with this scope').waitFor();

    await page.getByRole('button', { name: 'Use another key' }).click();
    await page.getByLabel('API key').fill(await parley.key(tenant.id, ['conversations:read']));
    await page.getByRole('button', { name: 'Open the inbox' }).click();
    await page.getByRole('link', { name: ann }).click();
    await expect.poll(() => page.getByRole('button', { name: 'Mark as read' }).isDisabled(), { timeout: 30_000 }).toBe(true);
  });

  afterAll(() => parley.app?.endStreams());
});

// Changes by other clients arrive in the inbox: the test is the second client.
import type { Page } from 'playwright-core';
import { afterAll, beforeEach, expect, test } from 'vitest';
import { type Tenant, useApp } from '../support/harness.ts';
import { useServer } from '../support/server.ts';
import { inBrowser, useBrowser } from './support/browser.ts';
import { bubble, conversationOf, feed, line, openInbox, seesRows } from './support/inbox.ts';

const ann = '+15551110001';
const bob = '+15551110002';
const cleo = '+15551110003';

inBrowser('the inbox, live', () => {
  const parley = useApp();
  const server = useServer(parley);
  const browser = useBrowser(server);
  let tenant: Tenant;

  beforeEach(async () => {
    tenant = await parley.tenant();
    await parley.importLines(tenant, [line(bob, 1, 'First of Bob'), line(ann, 2, 'First of Ann'), line(ann, 3, 'Second of Ann')]);
  });

  const record = async (contactNumber: string, minute: number, body: string) => {
    const { externalId, createdAt, phoneNumber } = line(contactNumber, minute, body);
    const message = { externalId, createdAt, direction: 'INBOUND', phoneNumber, contactNumber, body };
    const query = 'mutation ($input: RecordMessagesInput!) { recordMessages(input: $input) { results { code messageId } } }';
    const { data } = await parley.graphql(tenant.key, query, { input: { messages: [message] } });
    expect(data.recordMessages.results).toEqual([{ code: null, messageId: expect.any(String) }]);
    return data.recordMessages.results[0].messageId as string;
  };

  const update = async (change: object) => {
    const query = 'mutation ($input: UpdateMessagesInput!) { updateMessages(input: $input) { results { outcome } } }';
    const { data } = await parley.graphql(tenant.key, query, { input: { updates: [change] } });
    expect(data.updateMessages.results).toEqual([{ outcome: 'UPDATED' }]);
  };

  const openAnn = async () => openInbox(browser, tenant.key, { conversation: await conversationOf(parley, tenant.key, ann) });

  const unread = (page: Page) => page.locator('.badge').allTextContents();

  test('a message appears at the end of its thread and moves its conversation up', async () => {
    const page = await openAnn();
    await bubble(page, 'Second of Ann').waitFor();
    await seesRows(page, [ann, bob]);
    await record(bob, 10, 'Second of Bob');
    await seesRows(page, [bob, ann]);
    await page.getByText('Second of Bob', { exact: true }).waitFor();
    await record(ann, 11, 'Third of Ann');
    await bubble(page, 'Third of Ann').waitFor();
    await page.getByRole('status').getByText(`${ann}: Third of Ann`).waitFor();
    await seesRows(page, [ann, bob]);
    await expect.poll(() => unread(page)).toEqual(['3 unread', '2 unread']);
    await record(cleo, 12, 'First of Cleo');
    await seesRows(page, [cleo, ann, bob]);
  });

  test('a message that was sent earlier appears at its place in time', async () => {
    const page = await openAnn();
    await bubble(page, 'Second of Ann').waitFor();
    await record(ann, 2.5, 'Between');
    await bubble(page, 'Between').waitFor();
    expect(await page.locator('.message .text').allTextContents()).toEqual(['First of Ann', 'Between', 'Second of Ann']);
  });

  test('redaction and deletion remove the content at once, with their instant', async () => {
    const [first, second] = [await record(ann, 10, 'A secret'), await record(ann, 11, 'Another secret')];
    const page = await openAnn();
    await bubble(page, 'Another secret').waitFor();
    await update({ id: second, redactedAt: '2026-03-01T12:00:00Z' });
    await page.locator('.removed', { hasText: /^Redacted on Mar 1, 2026/ }).waitFor();
    await page.locator('.row-preview', { hasText: /^Redacted on Mar 1, 2026/ }).waitFor();
    await update({ id: first, deletedAt: '2026-03-02T12:00:00Z' });
    await page.getByText(/^Deleted on Mar 2, 2026/).waitFor();
    expect(await page.getByText('secret').count()).toBe(0);
  });

  test('a conversation marked as read is read in every window', async () => {
    const other = await openInbox(browser, tenant.key);
    const page = await openAnn();
    await expect.poll(() => unread(other)).toEqual(['2 unread', '1 unread']);
    await page.getByText('New messages').waitFor();
    await page.getByRole('button', { name: 'Mark as read' }).click();
    await expect.poll(() => unread(page)).toEqual(['1 unread']);
    await expect.poll(() => unread(other)).toEqual(['1 unread']);
    await page.getByRole('button', { name: 'Mark as read' }).waitFor({ state: 'detached' });
    const { data } = await parley.graphql(tenant.key, '{ conversations { nodes { unreadCount } } }');
    expect(data.conversations.nodes).toEqual([{ unreadCount: 0 }, { unreadCount: 1 }]);
  });

  test('the list of a filter follows', async () => {
    const page = await openInbox(browser, tenant.key, { unread: 'yes' });
    await seesRows(page, [ann, bob]);
    const id = await conversationOf(parley, tenant.key, bob);
    await parley.graphql(tenant.key, 'mutation ($id: ID!) { markConversationRead(input: { id: $id }) { conversation { id } } }', { id });
    await seesRows(page, [ann]);
  });

  test('somebody who types is shown in the list and in the thread', async () => {
    const page = await openAnn();
    await bubble(page, 'Second of Ann').waitFor();
    const id = await conversationOf(parley, tenant.key, ann);
    const send = (isTyping: boolean) =>
      parley.graphql(tenant.key, 'mutation ($input: SendTypingIndicatorInput!) { sendTypingIndicator(input: $input) { until } }', {
        input: { conversationId: id, isTyping },
      });
    await expect
      .poll(
        async () => {
          await send(true);
          return page.getByText('Somebody is typing…').count();
        },
        { timeout: 30_000 },
      )
      .toBe(2);
    await send(false);
    await expect.poll(() => page.getByText('is typing').count()).toBe(0);
  });

  test('after a broken connection it continues where it stopped', async () => {
    const page = await openAnn();
    await bubble(page, 'Second of Ann').waitFor();
    await page.route('**/graphql', (route) => route.abort());
    server.breakConnections();
    await page.getByText('Connecting…').waitFor();
    await record(ann, 10, 'Missed');
    await record(bob, 11, 'Missed too');
    expect(await bubble(page, 'Missed').count()).toBe(0);
    await page.unroute('**/graphql');
    await bubble(page, 'Missed').waitFor();
    await seesRows(page, [bob, ann]);
    await record(ann, 12, 'Later');
    await bubble(page, 'Later').waitFor();
    expect(await feed(page).locator('.text').allTextContents()).toEqual(['First of Ann', 'Second of Ann', 'Missed', 'Later']);
    browser.forgive(/ERR_/);
  });

  test('a hidden page closes its streams, and continues when it is visible', async () => {
    const page = await openAnn();
    const show = (state: 'hidden' | 'visible') =>
      page.evaluate((value) => {
        Object.defineProperty(document, 'visibilityState', { value, configurable: true });
        document.dispatchEvent(new Event('visibilitychange'));
      }, state);
    await show('hidden');
    await page.getByText('Connecting…').waitFor();
    await record(ann, 10, 'While hidden');
    await show('visible');
    await bubble(page, 'While hidden').waitFor();
  });

  test('content older than a new retention window disappears', async () => {
    const page = await openAnn();
    await bubble(page, 'Second of Ann').waitFor();
    await parley.graphql(tenant.key, 'mutation { updateRetentionPolicy(input: { days: 1 }) { organization { id } } }');
    await page.evaluate(() => document.dispatchEvent(new Event('visibilitychange')));
    await expect.poll(() => page.locator('.removed').count(), { timeout: 30_000 }).toBe(2);
    expect(await page.getByText('Second of Ann').count()).toBe(0);
  });

  test('content disappears at the time when the retention window redacts it', async () => {
    const strict = await parley.tenant(1);
    const createdAt = new Date(Date.now() - 12 * 3_600_000).toISOString();
    await parley.importLines(strict, [{ ...line(ann, 1, 'Half a day old'), createdAt }]);
    const page = await browser.open('/inbox');
    await page.clock.install();
    await page.getByLabel('API key').fill(strict.key);
    await page.getByRole('button', { name: 'Open the inbox' }).click();
    await page.getByRole('link', { name: ann }).click();
    await bubble(page, 'Half a day old').waitFor();
    await page.clock.fastForward('13:00:00');
    await page.locator('.removed', { hasText: /^Redacted on/ }).waitFor();
    await expect.poll(() => page.getByText('Half a day old').count()).toBe(0);
  });

  test('a revoked key is asked for again', async () => {
    const key = await parley.key(tenant.id);
    const page = await openInbox(browser, key);
    await seesRows(page, [ann, bob]);
    const { data } = await parley.graphql(key, '{ apiKeys { nodes { id hint } } }');
    const { id } = data.apiKeys.nodes.find(({ hint }: { hint: string }) => hint.endsWith(key.slice(-4)));
    await parley.graphql(tenant.key, 'mutation ($id: ID!) { revokeApiKey(input: { id: $id }) { apiKey { id } } }', { id });
    await record(ann, 10, 'Not for this key');
    await page.getByText('The gateway does not accept this key').waitFor();
  });

  afterAll(() => parley.app?.endStreams());
});

// The inbox as its users see it. The test's own requests are the second client.
import type { BrowserContextOptions, Page } from 'playwright-core';
import { expect } from 'vitest';
import type { useApp } from '../../support/harness.ts';
import type { useBrowser } from './browser.ts';

/** Opens the inbox at a state of its address, pastes the key, and waits until live changes arrive. */
export async function openInbox(
  browser: ReturnType<typeof useBrowser>,
  key: string,
  address: Record<string, string> = {},
  options: BrowserContextOptions = {},
): Promise<Page> {
  const page = await browser.open(`/inbox#${new URLSearchParams(address)}`, options);
  await page.getByLabel('API key').fill(key);
  await page.getByRole('button', { name: 'Open the inbox' }).click();
  await page.locator('.live', { hasText: 'Live' }).waitFor({ state: 'attached' });
  return page;
}

/** The links of the conversations, or of the found messages. */
export const rows = (page: Page) => page.locator('.row');

export const bubble = (page: Page, text: string) => page.locator('.message', { has: page.getByText(text, { exact: true }) });

export const feed = (page: Page) => page.getByRole('feed', { name: 'Messages' });

/** Waits until these names are listed, in this order. */
export async function seesRows(page: Page, names: readonly string[]): Promise<void> {
  await expect.poll(() => page.locator('.row-name').allTextContents(), { timeout: 30_000 }).toEqual(names);
}

/** A line of the import format: a message of one contact, so many minutes after 2026 began. */
export function line(contactNumber: string, minute: number, body: string, more: object = {}) {
  const createdAt = new Date(Date.UTC(2026, 0, 1) + minute * 60_000).toISOString();
  return {
    externalId: `${contactNumber} ${minute}`,
    createdAt,
    direction: 'inbound',
    phoneNumber: '+15550000001',
    contactNumber,
    body,
    ...more,
  };
}

/** Returns the global id of the conversation with a contact. */
export async function conversationOf(parley: ReturnType<typeof useApp>, key: string, contactNumber: string): Promise<string> {
  const query = 'query ($contact: PhoneNumberString!) { conversations(filter: { contactNumber: $contact }) { nodes { id } } }';
  const { data } = await parley.graphql(key, query, { contact: contactNumber });
  return data.conversations.nodes[0].id;
}

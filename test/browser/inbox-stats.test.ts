import { afterAll, expect, test } from 'vitest';
import { useApp } from '../support/harness.ts';
import { useServer } from '../support/server.ts';
import { inBrowser, phone, takePictures, useBrowser, violations } from './support/browser.ts';
import { line } from './support/inbox.ts';

const dayMs = 86_400_000;

inBrowser('the statistics of the inbox', () => {
  const parley = useApp();
  const server = useServer(parley);
  const browser = useBrowser(server);

  test('draw the messages of each day, and have the numbers as tables', async () => {
    const tenant = await parley.tenant();
    const message = (index: number, daysAgo: number, more: object) => {
      const createdAt = new Date(Date.now() - daysAgo * dayMs).toISOString();
      return { ...line('+15551110001', index, 'Hello'), createdAt, ...more };
    };
    await parley.importLines(tenant, [
      ...[1, 1, 1, 2, 2, 5, 9, 9, 9, 9, 20].map((daysAgo, index) => message(index, daysAgo, {})),
      ...[1, 2, 2, 5, 40].map((daysAgo, index) => message(100 + index, daysAgo, { direction: 'outbound' })),
      message(200, 3, { phoneNumber: '+15550000002', mediaUrls: ['https://media.example.com/cat.jpg'] }),
    ]);
    const page = await browser.open('/inbox/stats', { timezoneId: 'UTC' });
    await page.getByLabel('API key').fill(tenant.key);
    await page.getByRole('button', { name: 'Open the inbox' }).click();
    await page.getByText('16 messages, 12 received and 4 sent.').waitFor();
    expect(await page.locator('.bar-in').count()).toBe(30);
    const channels = page.getByRole('table', { name: 'Channels' }).getByRole('row');
    expect(await channels.allTextContents()).toEqual(['ChannelReceivedSentAll', 'SMS11415', 'MMS101']);
    expect(await violations(page)).toEqual([]);
    await page.emulateMedia({ colorScheme: 'dark' });
    expect(await violations(page)).toEqual([]);
    await takePictures(page, 'inbox-stats');
    await page.setViewportSize(phone);
    expect(await page.evaluate(() => document.documentElement.scrollWidth)).toBe(phone.width);

    await page.getByLabel('Days').selectOption('90 days');
    await page.getByText('17 messages, 12 received and 5 sent.').waitFor();
    await page.getByLabel('Phone number').selectOption('+15550000002');
    await page.getByText('1 message, 1 received and 0 sent.').waitFor();
    await page.getByRole('link', { name: 'Inbox' }).click();
    await page.locator('.row').first().waitFor();
  });

  afterAll(() => parley.app?.endStreams());
});

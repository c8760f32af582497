import { expect, test } from 'vitest';
import { inBrowser, takePictures, useBrowser, violations } from './support/browser.ts';
import { useDemoServer } from './support/demo-server.ts';

inBrowser('the landing page', () => {
  const server = useDemoServer();
  const browser = useBrowser(server);

  test('shows itself without violations of accessibility', async () => {
    const page = await browser.open('/');
    expect(await page.title()).toBe('Parley');
    expect(await violations(page)).toEqual([]);
    await takePictures(page, 'landing');
  });
});

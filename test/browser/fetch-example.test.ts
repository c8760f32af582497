// The example of plain fetch as its README says: a page of another origin, which CORS_ORIGINS allows.
import { once } from 'node:events';
import { readFile } from 'node:fs/promises';
import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import { extname, join } from 'node:path';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { useApp } from '../support/harness.ts';
import { phoneLine } from '../support/lines.ts';
import { useServer } from '../support/server.ts';
import { inBrowser, useBrowser } from './support/browser.ts';

const folder = join(import.meta.dirname, '../../src/web/examples/fetch');
const types: Record<string, string> = { '.html': 'text/html', '.js': 'text/javascript' };

inBrowser('the example of plain fetch', () => {
  const files = createServer(async ({ url = '/' }, response) => {
    const name = new URL(url, 'http://files').pathname.slice(1) || 'index.html';
    response.setHeader('content-type', types[extname(name)] ?? 'text/plain').end(await readFile(join(folder, name)));
  });
  const origins: string[] = [];
  beforeAll(async () => {
    await once(files.listen(0, '127.0.0.1'), 'listening');
    origins.push(`http://127.0.0.1:${(files.address() as AddressInfo).port}`);
  });
  afterAll(() => {
    files.closeAllConnections();
    files.close();
  });
  const parley = useApp({ corsOrigins: origins });
  const server = useServer(parley);
  const browser = useBrowser(server, origins);

  test('shows a page, older messages, and new ones live', async () => {
    const tenant = await parley.tenant();
    const line = (index: number) => phoneLine({ externalId: `m${index}`, body: `m${index}`, createdAt: `2026-01-01T00:00:1${index}Z` });
    await parley.importLines(
      tenant,
      Array.from({ length: 8 }, (_, index) => line(index)),
    );
    const page = await browser.open(`${origins[0]}/?url=${server.origin}/graphql#key=${tenant.key}`);
    const rows = async () => (await page.locator('li').allInnerTexts()).join(' ');
    await expect.poll(rows).toBe('m3 m4 m5 m6 m7');
    await page.getByRole('button', { name: 'Older messages' }).click();
    await expect.poll(rows).toBe('m0 m1 m2 m3 m4 m5 m6 m7');
    await parley.importLines(tenant, [line(8)]);
    await expect.poll(rows, { timeout: 20_000 }).toBe('m0 m1 m2 m3 m4 m5 m6 m7 m8');
  });
});

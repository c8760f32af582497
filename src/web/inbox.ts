import { readFile } from 'node:fs/promises';
import { join } from 'node:path';
import type { Content } from './content.ts';
import { ownPolicy, page } from './page.ts';
import { staticFiles } from './static-files.ts';

const folder = join(import.meta.dirname, 'inbox/dist');

/** Returns the documents of the inbox by their hashes. The inbox sends only hashes. */
export async function inboxOperations(): Promise<Map<string, string>> {
  return new Map(Object.entries(JSON.parse(await readFile(join(import.meta.dirname, 'inbox/operations.json'), 'utf8'))));
}

/** Returns the inbox: its page and its files by their paths. `demoKey`: the key that the page begins with; null: people paste theirs. */
export function inbox(demoKey: string | null): Map<string, Content> {
  const html = page(async () => {
    const built = await readFile(join(folder, 'index.html'), 'utf8');
    return built.replace('<meta name="demo-key" content=""', `<meta name="demo-key" content="${demoKey ?? ''}"`);
  }, ownPolicy);
  // The names of built files contain hashes of their content.
  const files = staticFiles('/inbox/assets', join(folder, 'assets'), ownPolicy, { 'cache-control': 'public, max-age=31536000, immutable' });
  return new Map([...['/inbox', '/inbox/', '/inbox/stats'].map((path) => [path, html] as const), ...files]);
}

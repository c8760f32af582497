import { readdirSync } from 'node:fs';
import { readFile } from 'node:fs/promises';
import { extname, join, relative, sep } from 'node:path';
import { type Content, content } from './content.ts';
import { ownPolicy, pageHeaders } from './page.ts';

/** Ending of a file's name → its content type. Files with other endings are not served. */
const types: Record<string, string> = {
  '.css': 'text/css; charset=utf-8',
  '.html': 'text/html; charset=utf-8',
  '.js': 'text/javascript; charset=utf-8',
  '.json': 'application/json',
  '.ndjson': 'application/x-ndjson; charset=utf-8',
  '.png': 'image/png',
  '.svg': 'image/svg+xml',
  '.txt': 'text/plain; charset=utf-8',
  '.webp': 'image/webp',
  '.woff2': 'font/woff2',
};

/**
 * Returns the files of a folder and of the folders in it, by their paths below `mount`, such as `/assets`. The folder is listed once, so no path of a request
 * reaches the disk. `index.html` is served at the mount itself. `policy`: the Content-Security-Policy of HTML files. `added`: more headers of each file.
 */
export function staticFiles(
  mount: string,
  folder: string,
  policy: string = ownPolicy,
  added: Record<string, string> = {},
): Map<string, Content> {
  const files = readdirSync(folder, { recursive: true, withFileTypes: true }).filter((entry) => entry.isFile());
  const served = files.map(({ parentPath, name }) => join(parentPath, name)).filter((file) => types[extname(file)] !== undefined);
  return new Map(
    served.map((file) => {
      const name = relative(folder, file).split(sep).join('/');
      return [name === 'index.html' ? mount : `${mount}/${name}`, fileContent(file, policy, added)];
    }),
  );
}

function fileContent(file: string, policy: string, added: Record<string, string>): Content {
  const type = types[extname(file)] ?? '';
  const headers = { ...(type.startsWith('text/html') ? pageHeaders(policy) : { 'content-type': type }), ...added };
  return content(() => readFile(file), headers, /^(image\/(png|webp)|font\/)/.test(type));
}

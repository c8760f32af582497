import { readdirSync, readFileSync } from 'node:fs';
import { dirname, join, normalize } from 'node:path';

/** A file as the rules see it: its path from the folder that was read, with `/`, and its text. */
export interface SourceFile {
  path: string;
  source: string;
}

/** Every TypeScript file below a folder. Generated files and packages are left out. */
export function readSources(folder: string): SourceFile[] {
  return readdirSync(folder, { recursive: true, withFileTypes: true })
    .filter((entry) => entry.isFile() && /\.tsx?$/.test(entry.name))
    .map((entry) => join(entry.parentPath, entry.name).slice(folder.length + 1))
    .filter((path) => !/(^|\/)(generated|__generated__|node_modules)\//.test(path))
    .sort()
    .map((path) => ({ path, source: readFileSync(join(folder, path), 'utf8') }));
}

// Names, braces and commas only, so that an import inside a text does not count.
const statements = /^\s*(?:import|export)\s+(?:[\w$*{},\s]+?\s+from\s+)?['"]([^'"]+)['"]/gm;
const dynamic = /\bimport\(\s*['"]([^'"]+)['"]\s*\)/g;

/** Returns the imports and re-exports of a file, types too: our own files as paths from the folder, packages by their names. */
export function importsOf({ path, source }: SourceFile): string[] {
  const specifiers = [...source.matchAll(statements), ...source.matchAll(dynamic)].map((match) => match[1] ?? '');
  return specifiers.map((specifier) => (specifier.startsWith('.') ? normalize(join(dirname(path), specifier)) : specifier));
}

/** The source without its comments. */
export function code({ source }: SourceFile): string {
  return source.replace(/\/\*[\s\S]*?\*\//g, '').replace(/(^|\s)\/\/.*$/gm, '$1');
}

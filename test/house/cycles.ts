import { importsOf, type SourceFile } from './source-file.ts';

/** Circles of imports between files, each once, as `a → b → a`. */
export function importCycles(files: readonly SourceFile[]): string[] {
  return cyclesOf(new Map(files.map((file) => [file.path, importsOf(file).filter((target) => target.endsWith('.ts'))])));
}

/** Circles of imports between modules, each once. */
export function moduleCycles(files: readonly SourceFile[]): string[] {
  const edges = new Map<string, string[]>();
  for (const file of files) {
    const from = moduleOf(file.path);
    if (from === null) continue;
    const targets = importsOf(file).flatMap((target) => moduleOf(target) ?? []);
    edges.set(
      from,
      [...new Set([...(edges.get(from) ?? []), ...targets])].filter((target) => target !== from),
    );
  }
  return cyclesOf(edges);
}

function moduleOf(path: string): string | null {
  return /^modules\/[^/]+/.exec(path)?.[0] ?? null;
}

function cyclesOf(edges: ReadonlyMap<string, readonly string[]>): string[] {
  const done = new Set<string>();
  const cycles: string[] = [];
  const visit = (path: string, trail: readonly string[]) => {
    const begin = trail.indexOf(path);
    if (begin !== -1) cycles.push([...trail.slice(begin), path].join(' → '));
    if (begin !== -1 || done.has(path)) return;
    for (const target of edges.get(path) ?? []) visit(target, [...trail, path]);
    done.add(path);
  };
  for (const path of edges.keys()) visit(path, []);
  return cycles;
}

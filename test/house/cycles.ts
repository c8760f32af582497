import { importsOf, type SourceFile } from './source-file.ts';

/** Circles of imports, each once, as `a → b → a`. */
export function importCycles(files: readonly SourceFile[]): string[] {
  const edges = new Map(files.map((file) => [file.path, importsOf(file).filter((target) => target.endsWith('.ts'))]));
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

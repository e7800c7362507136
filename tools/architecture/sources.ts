import { existsSync, globSync, readFileSync } from 'node:fs';
import { dirname, join, normalize } from 'node:path';

export const root = join(import.meta.dirname, '../..');

/** A TypeScript file of the workspace. */
export interface SourceFile {
  /** The path from the root, with slashes. */
  readonly path: string;
  readonly text: string;
  readonly lines: number;
  /** The files that it imports by a relative path, as paths from the root. */
  readonly imports: readonly string[];
}

/** Every TypeScript file of apps, libs, tools and bench, without build output. */
export function sourceFiles(): SourceFile[] {
  return globSync('{apps,libs,tools,bench}/**/*.{ts,tsx}', {
    cwd: root,
    exclude: (name) => name === 'node_modules' || name === 'dist',
  })
    .filter((path) => !path.endsWith('.d.ts'))
    .map((path) => {
      const text = readFileSync(join(root, path), 'utf8');
      return { path, text, lines: text.split('\n').length - 1, imports: relativeImports(path, text) };
    });
}

function relativeImports(path: string, text: string): string[] {
  const found = text.matchAll(/^(?:import|export)\s(?:[^'";]*?\sfrom\s)?'(\.[^']+)'/gm);
  return [...found]
    .map(([, target]) => normalize(join(dirname(path), target!)))
    .filter((target) => existsSync(join(root, target)));
}

/** For the sources of one library: which of its folders imports which. Files beside the folders and tests are ignored. */
export function foldersOf(library: string, files: readonly SourceFile[]): ReadonlyMap<string, ReadonlySet<string>> {
  const folderOf = (path: string) => (path.startsWith(`${library}/`) ? path.slice(library.length + 1) : '').split('/');
  const folders = new Map<string, Set<string>>();
  for (const { path, imports } of files.filter((file) => !file.path.endsWith('.spec.ts'))) {
    const [folder, ...below] = folderOf(path);
    if (!folder || below.length === 0) continue;
    const others = imports.map(folderOf).filter(([other, ...rest]) => rest.length > 0 && other !== folder);
    folders.set(folder, (folders.get(folder) ?? new Set()).union(new Set(others.map(([other]) => other!))));
  }
  return folders;
}

/** The first import cycle, as a list of files or folders; undefined if there is none. Type imports count. */
export function findCycle(imports: ReadonlyMap<string, Iterable<string>>): readonly string[] | undefined {
  const finished = new Set<string>();
  const visit = (path: string, trail: readonly string[]): readonly string[] | undefined => {
    if (trail.includes(path)) return [...trail.slice(trail.indexOf(path)), path];
    if (finished.has(path)) return undefined;
    for (const next of imports.get(path) ?? []) {
      const cycle = visit(next, [...trail, path]);
      if (cycle) return cycle;
    }
    finished.add(path);
    return undefined;
  };
  for (const path of imports.keys()) {
    const cycle = visit(path, []);
    if (cycle) return cycle;
  }
  return undefined;
}

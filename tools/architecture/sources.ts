import { existsSync, globSync, readFileSync } from 'node:fs';
import { dirname, join, normalize } from 'node:path';

export const root = join(import.meta.dirname, '../..');

/** A TypeScript file of the workspace. */
export interface SourceFile {
  /** From the root, with slashes. */
  readonly path: string;
  readonly text: string;
  readonly lines: number;
  /** Paths from the root of the files that it imports by a relative path. */
  readonly imports: readonly string[];
}

/** Every TypeScript file of apps, libs, tools and bench, without what is built. */
export function sourceFiles(): SourceFile[] {
  return globSync('{apps,libs,tools,bench}/**/*.ts', {
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

/** The first circle of imports that is found, as the files along it; undefined when there is none. Types count as well. */
export function findCycle(files: readonly SourceFile[]): readonly string[] | undefined {
  const imports = new Map(files.map((file) => [file.path, file.imports]));
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
  for (const { path } of files) {
    const cycle = visit(path, []);
    if (cycle) return cycle;
  }
  return undefined;
}

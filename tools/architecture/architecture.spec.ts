import { describe, expect, test } from '@jest/globals';
import { globSync, readFileSync } from 'node:fs';
import { basename, join } from 'node:path';
import { findCycle, foldersOf, root, sourceFiles } from './sources.ts';

const files = sourceFiles();
const isSpec = (path: string) => /\.(spec|contract)\.ts$/.test(path) || /\/(test|testing)\//.test(path);
const pathsOf = (wrong: (file: (typeof files)[number]) => boolean) => files.filter(wrong).map(({ path }) => path);

describe('names', () => {
  const banned = /^(utils?|helpers?|common|shared|misc|core|base|manager|impl|lib)$/;
  const suffixes =
    /^[a-z0-9-]+(\.(module|controller|handler|config|table|contract|guard|filter|spec|properties\.spec|int\.spec|e2e\.spec))?\.tsx?$/;

  test('no folder or file has a banned name', () => {
    expect(
      pathsOf(({ path }) =>
        path
          .replace(/\.tsx?$/, '')
          .split('/')
          .some((part) => banned.test(part.replace(/\..*$/, ''))),
      ),
    ).toEqual([]);
  });

  test('files are in kebab-case, with a known suffix or none', () => {
    expect(pathsOf(({ path }) => !suffixes.test(basename(path)))).toEqual([]);
  });
});

describe('sizes', () => {
  test('no file has more than 300 lines, no spec more than 400', () => {
    expect(pathsOf(({ path, lines }) => lines > (isSpec(path) ? 400 : 300))).toEqual([]);
  });

  test('nine of ten files have fewer than 150 lines', () => {
    const sizes = files.map(({ lines }) => lines).sort((a, b) => a - b);
    expect(sizes[Math.floor(sizes.length * 0.9)]).toBeLessThan(150);
  });
});

describe('imports', () => {
  test('there is no cycle of files', () => {
    expect(findCycle(new Map(files.map(({ path, imports }) => [path, imports])))).toBeUndefined();
  });

  test.each(globSync('libs/{*,*/*}/src', { cwd: root }))('there is no cycle of folders in %s', (library) => {
    expect(findCycle(foldersOf(library, files))).toBeUndefined();
  });

  test('no source imports the index of its own library', () => {
    const isOwnIndex = (target: string) => /^libs\/.*\/src\/index\.ts$/.test(target);
    expect(pathsOf(({ path, imports }) => !isSpec(path) && imports.some(isOwnIndex))).toEqual([]);
  });
});

test('every adapter of the stream runs the contract', () => {
  const adapters = pathsOf(({ path }) => /^libs\/platform\/streaming\/src\/(\w+)\/\1-stream\.ts$/.test(path));
  expect(adapters.length).toBe(2);
  for (const adapter of adapters) {
    const folder = adapter.replace(/\/[^/]+$/, '');
    expect(
      files.some(
        ({ path, text }) =>
          path.startsWith(folder) && path.endsWith('.int.spec.ts') && text.includes('streamContract('),
      ),
    ).toBe(true);
  }
});

test('every project has a tag for its layer', () => {
  const manifests = globSync('{apps/*,libs/*,libs/*/*,tools,bench}/package.json', { cwd: root });
  expect(manifests.length).toBeGreaterThan(15);
  for (const manifest of manifests) {
    const { nx } = JSON.parse(readFileSync(join(root, manifest), 'utf8')) as { nx: { tags: string[] } };
    expect(nx.tags).toEqual([expect.stringMatching(/^type:(app|service|domain|rules|contracts|platform|tool)$/)]);
  }
});

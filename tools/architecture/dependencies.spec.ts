import { describe, expect, test } from '@jest/globals';
import { globSync, readFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { importedBy, manifestIn, packagesIn } from './imported-packages.ts';
import { root } from './sources.ts';

const folders = globSync('{apps/*,libs/*,libs/*/*,tools,bench}/package.json', { cwd: root }).map(dirname).sort();
const { dependencies: shippedByRoot = {}, devDependencies: developmentOfRoot = {}, scripts = {} } = manifestIn('.');
const pinned = { ...shippedByRoot, ...developmentOfRoot };
const isOurs = (name: string) => name.startsWith('@sestante/');

/** What is listed although no source imports it: it is loaded by name, or asked for by a library that is. */
const loadedByName: Readonly<Record<string, readonly string[]>> = {
  // Its page needs it.
  'libs/platform/runtime': ['@fastify/static'],
  // Their builds for browsers are served to pages of tests.
  'libs/services/ingest': ['@segment/analytics-next', '@rudderstack/analytics-js', '@jitsu/js'],
};

const missing = (listed: object, wanted: Iterable<string>) => [...wanted].filter((name) => !(name in listed)).sort();

describe.each(folders)('the package.json of %s', (folder) => {
  const { name, dependencies = {}, devDependencies = {} } = manifestIn(folder);
  const { shipped, development } = importedBy(folder);
  const all = new Set([...shipped, ...development, ...(loadedByName[folder] ?? [])]);
  all.delete(name);

  test('names as a dependency what its sources import', () => {
    expect(
      missing(
        dependencies,
        [...shipped].filter((one) => one !== name),
      ),
    ).toEqual([]);
  });

  test('names what its tests import', () => {
    expect(missing({ ...dependencies, ...devDependencies }, all)).toEqual([]);
  });

  test('names nothing that nothing imports, and nothing twice', () => {
    const listed = [...Object.keys(dependencies), ...Object.keys(devDependencies)];
    expect(listed.filter((one) => !all.has(one))).toEqual([]);
    expect(new Set(listed).size).toBe(listed.length);
    expect(
      Object.keys(dependencies).filter((one) => !shipped.has(one) && !loadedByName[folder]?.includes(one)),
    ).toEqual([]);
  });

  test('leaves versions to the root', () => {
    for (const [one, version] of Object.entries({ ...dependencies, ...devDependencies })) {
      expect([one, version]).toEqual([one, isOurs(one) ? '0.1.0' : '*']);
      if (!isOurs(one)) expect(Object.keys(pinned)).toContain(one);
    }
  });

  test('has what it ships among the dependencies of the root, which an image keeps', () => {
    expect(
      missing(
        shippedByRoot,
        Object.keys(dependencies).filter((one) => !isOurs(one)),
      ),
    ).toEqual([]);
  });
});

describe('the package.json of the root', () => {
  const named = new Set(
    folders.flatMap((folder) => {
      const { dependencies = {}, devDependencies = {} } = manifestIn(folder);
      return [...Object.keys(dependencies), ...Object.keys(devDependencies)];
    }),
  );
  const configurations = globSync('*.{js,mjs,json}', { cwd: root, exclude: (file) => file.startsWith('package') });
  const texts = [...configurations, '.ci/run', 'tools/test-run/start-postgres.js'].map((file) =>
    readFileSync(join(root, file), 'utf8'),
  );
  const imported = new Set(texts.flatMap(packagesIn));

  /** Whether a package of the root is of use without a package of the workspace that names it. */
  const isUsed = (name: string) =>
    imported.has(name) ||
    isRun(name) ||
    texts.some((text) => text.includes(`'${name}'`)) ||
    name.startsWith('@types/') ||
    Object.keys(pinned).some((other) => name in (manifestIn(`node_modules/${other}`).peerDependencies ?? {}));

  test('pins every version exactly', () => {
    expect(Object.entries(pinned).filter(([, version]) => !/^(npm:(@?[\w/-]+)@)?\d+\.\d+\.\d+$/.test(version))).toEqual(
      [],
    );
  });

  test('lists what packages of the workspace name, and what the repository itself needs', () => {
    expect(Object.keys(pinned).filter((name) => !named.has(name) && !isUsed(name))).toEqual([]);
  });

  test('ships nothing that no package of the workspace ships', () => {
    const shipped = new Set(folders.flatMap((folder) => Object.keys(manifestIn(folder).dependencies ?? {})));
    const isNeeded = (name: string) =>
      shipped.has(name) ||
      Object.keys(shippedByRoot).some((other) => name in (manifestIn(`node_modules/${other}`).peerDependencies ?? {}));
    // The project runs on its own Node, from npm.
    expect(Object.keys(shippedByRoot).filter((name) => name !== 'node' && !isNeeded(name))).toEqual([]);
  });

  function isRun(name: string): boolean {
    const { bin = {} } = manifestIn(`node_modules/${name}`) as { bin?: string | Record<string, string> };
    const programs = typeof bin === 'string' ? [name] : Object.keys(bin);
    const lines = [...Object.values(scripts), ...texts];
    const isIn = (line: string) =>
      line.includes(`node_modules/${name}/`) ||
      programs.some((program) => new RegExp(`(^|[\\s/])${program}(\\s|$)`, 'm').test(line));
    return lines.some(isIn);
  }
});

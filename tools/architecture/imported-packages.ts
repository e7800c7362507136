import { readFileSync } from 'node:fs';
import { isBuiltin } from 'node:module';
import { join } from 'node:path';
import ts from 'typescript';
import { root, sourceFiles } from './sources.ts';

/** What the sources of a package of the workspace import, by the names of packages. */
export interface ImportedPackages {
  /** By what runs in production. */
  readonly shipped: ReadonlySet<string>;
  /** By tests, by what makes documents, and by tools. */
  readonly development: ReadonlySet<string>;
}

/** Files that are in no image: tests, what tests are made with, what makes documents. Of the console, images have what Vite has built from it. */
const isDevelopment = (path: string) =>
  /\.(spec|contract)\.ts$|\/(test|testing|publishing)\/|^(tools|bench|apps\/console)\//.test(path);

/** What the sources in the folder import, such as `libs/contracts`. */
export function importedBy(folder: string): ImportedPackages {
  const files = sourceFiles().filter(({ path }) => path.startsWith(`${folder}/`));
  const packagesOf = (wanted: boolean) =>
    new Set(files.filter(({ path }) => isDevelopment(path) === wanted).flatMap(({ text }) => packagesIn(text)));
  return { shipped: packagesOf(false), development: packagesOf(true) };
}

/** The packages that a text of TypeScript or JavaScript imports, types included. */
export function packagesIn(text: string): string[] {
  const modules = ts.preProcessFile(text, true, true).importedFiles.map(({ fileName }) => fileName);
  return modules.filter((name) => !name.startsWith('.') && !isBuiltin(name)).map(packageOf);
}

/** `@nestjs/common/constants.js` is of `@nestjs/common`. */
function packageOf(module: string): string {
  return module
    .split('/')
    .slice(0, module.startsWith('@') ? 2 : 1)
    .join('/');
}

export interface Manifest {
  readonly name: string;
  readonly dependencies?: Readonly<Record<string, string>>;
  readonly devDependencies?: Readonly<Record<string, string>>;
  readonly peerDependencies?: Readonly<Record<string, string>>;
  readonly scripts?: Readonly<Record<string, string>>;
}

export function manifestIn(folder: string): Manifest {
  return JSON.parse(readFileSync(join(root, folder, 'package.json'), 'utf8')) as Manifest;
}

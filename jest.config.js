import { globSync, readFileSync } from 'node:fs';
import { dirname } from 'node:path';
import preset from './jest.preset.js';

const manifests = globSync([
  'apps/*/package.json',
  'libs/*/package.json',
  'libs/*/*/package.json',
  'tools/package.json',
  'bench/package.json',
]);

/** One Jest project for each project of the workspace, named as in Nx. */
export default {
  globalSetup: './tools/test-run/start-postgres.js',
  globalTeardown: './tools/test-run/stop-postgres.js',
  maxWorkers: 2,
  // What modules leave behind in a process adds up over hundreds of files.
  workerIdleMemoryLimit: '1500MB',
  // A busy machine is not a fault of the code: what never comes is what fails.
  testTimeout: 30_000,
  projects: manifests.sort().map((manifest) => ({
    ...preset,
    displayName: JSON.parse(readFileSync(manifest, 'utf8')).nx.name,
    rootDir: dirname(manifest),
  })),
};

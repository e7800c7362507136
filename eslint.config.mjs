import { createProjectGraphAsync } from '@nx/devkit';
import nx from '@nx/eslint-plugin';
import prettier from 'eslint-config-prettier';
import tseslint from 'typescript-eslint';

// The boundary rule reads the graph of the projects from a cache, and is silent where there is none.
process.env.NX_DAEMON = 'false';
await createProjectGraphAsync();

/** Who may import whom: apps run, services wire, domain thinks, contracts say, platform touches the world. */
const layers = [
  { sourceTag: 'type:app', onlyDependOnLibsWithTags: ['type:service', 'type:platform', 'type:contracts'] },
  {
    sourceTag: 'type:service',
    onlyDependOnLibsWithTags: ['type:domain', 'type:rules', 'type:platform', 'type:contracts'],
  },
  { sourceTag: 'type:platform', onlyDependOnLibsWithTags: ['type:platform', 'type:contracts'] },
  { sourceTag: 'type:contracts', onlyDependOnLibsWithTags: ['type:contracts'] },
  { sourceTag: 'type:domain', onlyDependOnLibsWithTags: ['type:rules'] },
  { sourceTag: 'type:rules', onlyDependOnLibsWithTags: [] },
  { sourceTag: 'type:tool', onlyDependOnLibsWithTags: ['type:domain', 'type:platform', 'type:contracts'] },
];

/** What holds for every source. One list: a later one for the same files would replace it. */
const shapes = [
  {
    selector: 'ClassDeclaration[superClass]:not([superClass.name=/^(Error|.*(Query|Request))$/])',
    message: 'Nothing is inherited but Error, and what routes are asked from each other. Compose functions.',
  },
  { selector: 'ExportAllDeclaration', message: 'Say what is exported, name by name.' },
];

/** The domain is pure: it thinks with its arguments and nothing else. */
const pureDomain = {
  files: ['libs/domain/*/src/**/*.ts'],
  ignores: ['**/*.spec.ts'],
  rules: {
    'no-restricted-imports': [
      'error',
      {
        patterns: [
          // The plans of phone numbers of all countries: a pure function (docs/adr/0024). The rule language is pure, too.
          {
            regex: '^(?!libphonenumber-js/|@sestante/rules$)[^.]',
            message: 'The domain imports nothing from outside its own folder.',
          },
        ],
      },
    ],
    'no-restricted-globals': [
      'error',
      'process',
      'setTimeout',
      'setInterval',
      'fetch',
      'console',
      'performance',
      'crypto',
    ],
    'no-restricted-properties': [
      'error',
      { object: 'Date', property: 'now', message: 'The instant is an argument.' },
      { object: 'Math', property: 'random', message: 'Randomness is an argument.' },
    ],
    'no-restricted-syntax': [
      'error',
      ...shapes,
      { selector: 'NewExpression[callee.name="Date"][arguments.length=0]', message: 'The instant is an argument.' },
    ],
  },
};

/** kafkajs stays in its folder; stories of the end to end may play another producer. */
const kafkajsAtHome = {
  files: ['**/*.ts'],
  ignores: ['libs/platform/streaming/src/kafka/**', 'bench/**', 'tools/**', '**/*.spec.ts', 'libs/domain/**'],
  rules: { 'no-restricted-imports': ['error', { paths: [{ name: 'kafkajs', message: 'Use the port, `Stream`.' }] }] },
};

/** Node runs these files without a build: it removes types, and refuses TypeScript that needs more than that. */
const runAsTheyAre = {
  files: ['tools/**/*.ts', 'bench/**/*.ts', 'apps/standalone/publishing/*.ts', 'libs/contracts/publishing/*.ts'],
  ignores: ['**/*.spec.ts'],
  rules: {
    'no-restricted-syntax': [
      'error',
      ...shapes,
      { selector: 'TSParameterProperty', message: 'Node cannot run it: declare the field and assign it.' },
      { selector: 'TSEnumDeclaration', message: 'Node cannot run it: use a constant.' },
    ],
  },
};

export default [
  { ignores: ['apps/console/src/api/openapi.d.ts', '**/dist/**', '**/node_modules/**', '.nx/**', '.sestante/**'] },
  ...tseslint.configs.recommended,
  {
    files: ['**/*.ts', '**/*.tsx'],
    languageOptions: { parserOptions: { projectService: false } },
    plugins: { '@nx': nx },
    rules: {
      '@nx/enforce-module-boundaries': [
        'error',
        { enforceBuildableLibDependency: false, allow: [], depConstraints: layers },
      ],
      '@typescript-eslint/no-unused-vars': ['error', { argsIgnorePattern: '^_', varsIgnorePattern: '^_' }],
      '@typescript-eslint/consistent-type-imports': 'off',
      'max-lines': ['error', { max: 300, skipBlankLines: true, skipComments: true }],
      'max-params': ['error', 5],
      eqeqeq: 'error',
      'no-console': 'error',
      'no-restricted-syntax': ['error', ...shapes],
    },
  },
  { files: ['**/*.spec.ts'], rules: { 'max-lines': ['error', 400] } },
  { files: ['tools/**', 'bench/**'], rules: { 'no-console': 'off' } },
  runAsTheyAre,
  kafkajsAtHome,
  pureDomain,
  prettier,
];

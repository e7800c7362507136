import fc from 'fast-check';
import { fromSchema, type Schema } from '../values/from-schema.ts';
import { oddText } from '../values/odd-values.ts';
import type { Route } from './api.ts';
import type { Keys } from './credentials.ts';

/** Variations of a path. */
const variations: readonly ((path: string) => string)[] = [
  (path) => `${path}/`,
  (path) => `${path}//`,
  (path) => `/${path}`,
  (path) => path.toUpperCase(),
  (path) => path.replace(/[a-z]/, (letter) => `%${letter.charCodeAt(0).toString(16)}`),
  (path) => `http://elsewhere${path}`,
  (path) => `${path}#part`,
  (path) => `${path};a=1`,
  (path) => `${path}%00`,
  (path) => `${path}/..%2f..`,
  (path) => path.replace(/[^/]*$/, '%zz'),
  (path) => path.replace(/[^/]*$/, '%c3%28'),
  (path) => path.replace(/[^/]*$/, 'x'.repeat(700)),
  (path) => path.slice(0, -1),
];

/** Mostly documented paths with valid or invalid parameters; sometimes variations. */
export function pathsOf(route: Route, keys: Keys): fc.Arbitrary<string> {
  const names = [...route.template.matchAll(/\{(\w+)\}/g)].map(([, name]) => name!);
  const paths = fc
    .tuple(...names.map((name) => parameterOf(route, name, keys)))
    .map((texts) => route.template.replaceAll(/\{(\w+)\}/g, (_, name: string) => texts[names.indexOf(name)]!));
  const varied = fc.tuple(paths, fc.constantFrom(...variations)).map(([path, vary]) => vary(path));
  return fc.oneof({ weight: 20, arbitrary: paths }, { weight: 1, arbitrary: varied });
}

function parameterOf({ template, parameters }: Route, name: string, { secret }: Keys): fc.Arbitrary<string> {
  const { schema } = parameters.find((one) => one.in === 'path' && one.name === name)!;
  const fitting = fromSchema(schema as Schema, () => ({})).map((value) => encoded(String(value)));
  const odd = oddText.map(encoded);
  if (name === 'key') return mostly(fc.constant(secret), odd);
  const kind = kindOf(template, name);
  if (kind === undefined) return mostly(fitting, odd);
  return mostly(
    fc.nat({ max: 100 }).map((nth) => `<${kind}${nth}>`),
    fc.oneof(fitting, odd),
  );
}

/** The kind of object that the parameter identifies. */
function kindOf(template: string, name: string): 'source' | 'key' | 'row' | 'import' | undefined {
  if (name === 'keyId') return 'key';
  if (name !== 'id') return undefined;
  if (template.includes('/rejected/')) return 'row';
  return template.includes('/imports/') ? 'import' : 'source';
}

const mostly = <T>(usual: fc.Arbitrary<T>, seldom: fc.Arbitrary<T>) =>
  fc.oneof({ weight: 5, arbitrary: usual }, { weight: 1, arbitrary: seldom });

/** Encodes a path segment, which must not be empty. */
const encoded = (text: string) => encodeURIComponent(text.toWellFormed()) || '-';

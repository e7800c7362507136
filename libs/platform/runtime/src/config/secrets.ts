import { readFileSync } from 'node:fs';

type Environment = Readonly<Record<string, string | undefined>>;

const secrets = new Set<string>();

/** Marks a variable as a secret: it is printed as ***, and `<name>_FILE` may name a file that contains it. */
export const Secret: PropertyDecorator = (_, name) => void secrets.add(String(name));

export const isSecret = (name: string): boolean => secrets.has(name);

/** The variables that name a file with a secret. */
export const secretFiles = (): string[] => [...secrets].map((name) => `${name}_FILE`);

export interface Secrets {
  /** The secrets read from files, without trailing line breaks. */
  readonly values: Readonly<Record<string, string>>;
  /** The names of all variables whose `_FILE` variable is set. */
  readonly named: readonly string[];
  readonly faults: readonly string[];
}

export function readSecrets(environment: Environment): Secrets {
  const values: Record<string, string> = {};
  const faults: string[] = [];
  const named = [...secrets].filter((name) => environment[`${name}_FILE`]);
  for (const name of named) {
    const path = environment[`${name}_FILE`]!;
    if (environment[name]) {
      faults.push(`${name} and ${name}_FILE are both set: set one of them`);
      continue;
    }
    const { content, fault } = readNamedFile(`${name}_FILE`, path);
    const value = content?.toString().replace(/[\r\n]+$/, '');
    if (value) values[name] = value;
    else faults.push(fault ?? `${name}_FILE: ${path} is empty`);
  }
  return { values, named, faults };
}

/** The content of a file that a variable names, or the reason why it cannot be read. */
export function readNamedFile(variable: string, path: string): { content?: Buffer; fault?: string } {
  try {
    return { content: readFileSync(path) };
  } catch (error) {
    return { fault: `${variable}: ${path} cannot be read (${(error as NodeJS.ErrnoException).code})` };
  }
}

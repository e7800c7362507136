import { InvalidConfig, parseConfig } from '../src/index.ts';

/** The lines in which the environment is refused; none where it is taken. */
export function faultsOf(environment: Record<string, string | undefined>): readonly string[] {
  try {
    parseConfig(environment);
    return [];
  } catch (error) {
    if (error instanceof InvalidConfig) return error.faults;
    throw error;
  }
}

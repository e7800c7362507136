import { InvalidConfig, parseConfig } from '../src/index.ts';

/** The faults of an environment; empty if it is valid. */
export function faultsOf(environment: Record<string, string | undefined>): readonly string[] {
  try {
    parseConfig(environment);
    return [];
  } catch (error) {
    if (error instanceof InvalidConfig) return error.faults;
    throw error;
  }
}

import { InvalidModel } from '../document/invalid-model.ts';
import { compileModel } from '../model/compile-model.ts';

/** The faults of a model document, each as its place and its message. */
export function faultsOf(document: unknown): string[] {
  try {
    compileModel(document);
    return [];
  } catch (error) {
    if (error instanceof InvalidModel) return error.faults.map(({ place, message }) => `${place}: ${message}`);
    throw error;
  }
}

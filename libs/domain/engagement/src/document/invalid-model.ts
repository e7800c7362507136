import { type Fault, summaryOf } from '@sestante/rules';

/** The model document cannot be used. `faults` has all of them, each with its place. */
export class InvalidModel extends Error {
  readonly code = 'invalid-model';
  readonly retriable = false;
  readonly faults: readonly Fault[];

  constructor(faults: readonly Fault[]) {
    super(`The model document is not valid: ${summaryOf(faults)}`);
    this.name = 'InvalidModel';
    this.faults = [...faults];
  }
}

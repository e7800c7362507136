import { type Fault, summaryOf } from '@sestante/rules';

/** The contact policy cannot be used. */
export class InvalidPolicy extends Error {
  readonly code = 'invalid-policy';
  readonly retriable = false;
  readonly faults: readonly Fault[];

  constructor(faults: readonly Fault[]) {
    super(`The contact policy is not valid: ${summaryOf(faults)}`);
    this.name = 'InvalidPolicy';
    this.faults = [...faults];
  }
}

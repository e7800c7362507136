import { type Fault, summaryOf } from '@sestante/rules';

/** The offer template cannot be used. */
export class InvalidTemplate extends Error {
  readonly code = 'invalid-template';
  readonly retriable = false;
  readonly faults: readonly Fault[];

  constructor(faults: readonly Fault[]) {
    super(`The offer template is not valid: ${summaryOf(faults)}`);
    this.name = 'InvalidTemplate';
    this.faults = [...faults];
  }
}

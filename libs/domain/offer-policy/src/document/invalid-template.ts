/** The template cannot be used. `faults` has one sentence for each thing that is wrong, beginning with its path. */
export class InvalidTemplate extends Error {
  readonly code = 'invalid-template';
  readonly retriable = false;
  readonly faults: string[];

  constructor(faults: readonly string[]) {
    const more = faults.length > 1 ? ` (and ${faults.length - 1} more)` : '';
    super(`The offer template is not valid: ${faults[0] ?? 'unknown fault'}${more}`);
    this.name = 'InvalidTemplate';
    this.faults = [...faults];
  }
}

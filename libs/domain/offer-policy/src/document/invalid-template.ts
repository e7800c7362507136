/** The template cannot be used. `faults` has one text per fault, starting with the path. */
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

/** The contact policy cannot be used. `faults` has one text per fault, starting with the path. */
export class InvalidPolicy extends Error {
  readonly code = 'invalid-policy';
  readonly retriable = false;
  readonly faults: string[];

  constructor(faults: readonly string[]) {
    const more = faults.length > 1 ? ` (and ${faults.length - 1} more)` : '';
    super(`The contact policy is not valid: ${faults[0] ?? 'unknown fault'}${more}`);
    this.name = 'InvalidPolicy';
    this.faults = [...faults];
  }
}

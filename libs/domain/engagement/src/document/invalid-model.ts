/** The model document cannot be used. `faults` has one text per fault, starting with the path. */
export class InvalidModel extends Error {
  readonly code = 'invalid-model';
  readonly retriable = false;
  readonly faults: string[];

  constructor(faults: readonly string[]) {
    const more = faults.length > 1 ? ` (and ${faults.length - 1} more)` : '';
    super(`The model document is not valid: ${faults[0] ?? 'unknown fault'}${more}`);
    this.name = 'InvalidModel';
    this.faults = [...faults];
  }
}

import { maxViolations, type Violation } from '@sestante/contracts';

/** The violations of a receipt that is accepted nevertheless, at most one per code and field. */
export class Faults {
  private readonly found = new Map<string, Violation>();

  add(violation: Violation): void {
    const key = `${violation.code} ${violation.field}`;
    if (this.found.size < maxViolations && !this.found.has(key)) this.found.set(key, violation);
  }

  get all(): readonly Violation[] {
    return [...this.found.values()];
  }
}

/** Whether a field has no value: many programs write an empty text or null. */
export function isBlank(value: unknown): boolean {
  return value === undefined || value === null || value === '';
}

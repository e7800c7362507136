/** Whether a field says nothing: many programs write an empty text or null for that. */
export function isBlank(value: unknown): boolean {
  return value === undefined || value === null || value === '';
}

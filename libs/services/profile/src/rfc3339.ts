/** The form of an instant in RFC 3339. Whether the day exists, `millisecondsOf` says. */
export const rfc3339 = /^\d{4}-\d\d-\d\dT\d\d:\d\d(:\d\d(\.\d{1,9})?)?(Z|[+-]\d\d:\d\d)$/;

/** The most events of one request. Each of them may be rejected; it is then stored, and listed in the response. */
export const mostEventsOfBatch = 5_000;
/** The most bytes of one event, as JSON in UTF-8. */
export const largestEventBytes = 32 * 1024;
/** How deep an event may nest objects and arrays; the event itself is level 1. */
export const deepestLevel = 32;
/** How far an activity may be ahead of the server's clock. */
export const furthestAheadMs = 24 * 3_600_000;
/** The most characters of a message id, an identifier, and an activity's name. */
export const longestMessageId = 256;
export const longestName = 128;

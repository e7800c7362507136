/** The formats of events. `line` is a line of a file that could not be read; `activity` is an activity that a later service rejected. */
export type Format = 'tracking' | 'cloudevent' | 'receipt' | 'record' | 'line' | 'activity';

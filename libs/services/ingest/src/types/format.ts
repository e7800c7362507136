/** The forms in which events come. `line` is a line of a file that could not be read, `activity` one that a later service refused. */
export type Format = 'tracking' | 'cloudevent' | 'receipt' | 'record' | 'line' | 'activity';

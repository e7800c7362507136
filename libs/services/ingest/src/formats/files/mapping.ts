/** The encodings in which files come. `auto`: what a byte order mark says, or else UTF-8. */
export const encodings = ['auto', 'utf-8', 'windows-1252', 'iso-8859-1', 'utf-16le', 'utf-16be'] as const;
export type Encoding = (typeof encodings)[number];

export const decimalMarks = [',', '.'] as const;
export type DecimalMark = (typeof decimalMarks)[number];

export const thousandsMarks = ['.', ',', ' ', "'"] as const;
export type ThousandsMark = (typeof thousandsMarks)[number];

export const separators = [',', ';', '\t', '|'] as const;
export type Separator = (typeof separators)[number];

/** How the files of a source are read: what their columns mean, and how cells are written. */
export interface Mapping {
  /** Where the cells of a column go, by its name in the header; null for one that is left out. */
  readonly columns: Readonly<Record<string, string | null>>;
  /** What becomes of columns that are not named: they are read by their names, or left out. */
  readonly otherColumns: 'read' | 'ignore';
  /** What every event of the file says, by its place. */
  readonly values: Readonly<Record<string, string | number | boolean>>;
  /** How the id of an event is made of its fields, such as `erp-{order_id}`; null where it has one of its own, or none. */
  readonly messageId: string | null;
  /** The field by which lines that follow each other make one event, or several in braces; null where each line is one. */
  readonly groupBy: string | null;
  readonly encoding: Encoding;
  /** So many lines stand before the header: a title, the day of the export. */
  readonly skipLines: number;
  /** What stands between cells; null for what the header has the most of. */
  readonly separator: Separator | null;
  /** The decimal mark; null where each number must be clear by itself. */
  readonly decimal: DecimalMark | null;
  /** What stands between thousands; null for whatever does, but for the decimal mark. */
  readonly thousands: ThousandsMark | null;
  /** How days are written, such as `dd.MM.yyyy`; null for ISO 8601. */
  readonly dayFormat: string | null;
  /** The time zone of times without one; null for that of the source. */
  readonly timeZone: string | null;
}

/** A file that explains itself. */
export const plainMapping: Mapping = {
  columns: {},
  otherColumns: 'read',
  values: {},
  messageId: null,
  groupBy: null,
  encoding: 'auto',
  skipLines: 0,
  separator: null,
  decimal: null,
  thousands: null,
  dayFormat: null,
  timeZone: null,
};

/** The encodings of files. `auto`: that of the byte order mark, or else UTF-8. */
export const encodings = ['auto', 'utf-8', 'windows-1252', 'iso-8859-1', 'utf-16le', 'utf-16be'] as const;
export type Encoding = (typeof encodings)[number];

export const decimalMarks = [',', '.'] as const;
export type DecimalMark = (typeof decimalMarks)[number];

export const thousandsMarks = ['.', ',', ' ', "'"] as const;
export type ThousandsMark = (typeof thousandsMarks)[number];

export const separators = [',', ';', '\t', '|'] as const;
export type Separator = (typeof separators)[number];

/** How the files of a source are read: the meaning of their columns, and the format of their cells. */
export interface Mapping {
  /** The target field of each column, by its name in the header; null for a column that is ignored. */
  readonly columns: Readonly<Record<string, string | null>>;
  /** Whether other columns are read by their names, or ignored. */
  readonly otherColumns: 'read' | 'ignore';
  /** Fixed values of every event of the file, by target field. */
  readonly values: Readonly<Record<string, string | number | boolean>>;
  /** The template of message ids, such as `erp-{order_id}`; null if events have their own ids, or none. */
  readonly messageId: string | null;
  /** The field by which consecutive lines are grouped into one event, or several in braces; null if each line is an event. */
  readonly groupBy: string | null;
  readonly encoding: Encoding;
  /** The number of lines before the header, such as a title or the date of the export. */
  readonly skipLines: number;
  /** The separator of cells; null for the most frequent one in the header. */
  readonly separator: Separator | null;
  /** The decimal mark; null if each number must be unambiguous by itself. */
  readonly decimal: DecimalMark | null;
  /** The thousands separator; null for any except the decimal mark. */
  readonly thousands: ThousandsMark | null;
  /** The format of dates, such as `dd.MM.yyyy`; null for ISO 8601. */
  readonly dayFormat: string | null;
  /** The time zone of times without an offset; null for that of the source. */
  readonly timeZone: string | null;
}

/** The default mapping: columns are read by their names. */
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

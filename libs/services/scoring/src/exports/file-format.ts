import { elements } from '@sestante/engagement';
import { type CustomerColumn, customerColumns } from '../bi/customer-columns.ts';

export const formats = ['ndjson', 'csv', 'parquet'] as const;
export type Format = (typeof formats)[number];

export const contentTypes: Readonly<Record<Format, string>> = {
  ndjson: 'application/x-ndjson',
  csv: 'text/csv; charset=utf-8',
  parquet: 'application/vnd.apache.parquet',
};

/** The characters at which a spreadsheet takes a text for a formula (CWE-1236): = + - @, tab, and the end of a line. */
const formulaStarts = [...'=+-@\t\r'].map((character) => character.charCodeAt(0));

/** Of a function in Postgres. */
const mostArguments = 100;

/** How Postgres writes the rows of each format: the expressions over `bi.customers`, and the options of COPY. */
export const copies: Readonly<Record<Format, { readonly select: string; readonly options: string }>> = {
  // A JSON text has neither of these characters, so COPY writes it as it is. Between its parts, a tab is a space.
  ndjson: { select: jsonObject(), options: `format csv, delimiter e'\\t', quote e'\\x01', escape e'\\x01'` },
  csv: { select: customerColumns.map(csvCell).join(', '), options: 'format csv, header' },
  parquet: { select: customerColumns.map(binaryCell).join(', '), options: 'format binary' },
};

function isoText(name: string): string {
  return `to_char(${name} at time zone 'UTC', 'YYYY-MM-DD"T"HH24:MI:SS.MS"Z"')`;
}

/** A text that would be taken for a formula begins with an apostrophe. */
function harmless(sql: string): string {
  return `case when ascii(${sql}) in (${formulaStarts.join(', ')}) then '''' || ${sql} else ${sql} end`;
}

function csvCell({ name, type }: CustomerColumn): string {
  switch (type) {
    case 'text':
      return `${harmless(name)} as ${name}`;
    case 'texts':
      return `${harmless(`array_to_string(${name}, ' ')`)} as ${name}`;
    case 'boolean':
      return `${name}::text as ${name}`;
    case 'instant':
      return `${isoText(name)} as ${name}`;
    default:
      return name;
  }
}

function binaryCell({ name, type }: CustomerColumn): string {
  if (type === 'uuid') return `${name}::text`;
  return type === 'texts' ? `array_to_string(${name}, ' ')` : name;
}

/** Like the items of `POST /api/v1/customers/query`. It is put together by `concat`: `json_build_object` takes three times as long. */
function jsonObject(): string {
  const consents = customerColumns.filter(({ name }) => name.startsWith('consent_'));
  const attributes = ['country', 'region', 'language', 'birth_decade', 'tier', 'tags'];
  const camelCase = (name: string) => name.replace(/_([a-z])/g, (_, letter: string) => letter.toUpperCase());
  const json = (name: string) => `coalesce(to_json(${name})::text, 'null')`;
  const number = (name: string) => `coalesce(${name}::text, 'null')`;
  const texts = object([
    ['customerId', quoted('customer_id')],
    ['overall', number('overall')],
    ['loyal', number('loyal')],
    ['firstActivityAt', quoted(isoText('first_activity_at'))],
    ['lastActivityAt', quoted(isoText('last_activity_at'))],
    ['channels', json('channels')],
    ['purchases', 'purchases'],
    [
      'elements',
      object(
        elements.map((element) => [
          element,
          object(['bond', 'mood', 'drop', 'confidence'].map((part) => [part, number(`${element}_${part}`)])),
        ]),
      ),
    ],
    ['attributes', object(attributes.map((name) => [camelCase(name), json(name)]))],
    ['consents', object(consents.map(({ name }) => [name.replace('consent_', '').replaceAll('_', '-'), json(name)]))],
  ]);
  const functions = Array.from({ length: Math.ceil(texts.length / mostArguments) }, (_, index) =>
    texts.slice(index * mostArguments, (index + 1) * mostArguments),
  );
  return functions.map((parts) => `concat(${parts.join(', ')})`).join(', ');
}

/** The parts of a JSON object, as expressions of texts. */
function object(fields: readonly (readonly [name: string, value: string | readonly string[]])[]): string[] {
  const parts = fields.flatMap(([name, value], index) => [
    `'${index === 0 ? '{' : ','}"${name}":'`,
    ...(typeof value === 'string' ? [value] : value),
  ]);
  return [...parts, "'}'"];
}

/** A text without characters that JSON escapes, or null. */
function quoted(sql: string): string {
  return `coalesce('"' || ${sql} || '"', 'null')`;
}

import type { Field, Fields } from '../src/vocabulary/field.ts';
import { product } from '../src/vocabulary/products.ts';
import type { Chapter, Properties, Term } from '../src/vocabulary/term.ts';

const introduction = `# Vocabulary

The activities that Sestante defines. Send an activity as an event with any Segment-compatible SDK or with \`POST /v1/track\`:

\`\`\`json
{ "userId": "ada", "event": "Order Completed", "properties": { "order_id": "o-1", "revenue": 168, "currency": "EUR" } }
\`\`\`

- **Names.** The name of an event may be a title or our name: \`Order Completed\`, \`order_completed\`, \`orderCompleted\`,
  \`Completed Order\` and \`order.completed\` are the same. Every other name is a **custom activity**. It is stored under a name made of its
  words, with the last word as the action (\`Gift Wrapped\` becomes \`gift.wrapped\`). Its properties are not checked. A model may use it. Two kinds of
  names are guessed and reported as \`name-unclear\`: the withdrawal of a consent (\`User Unsubscribed From SMS\` becomes \`message.unsubscribed\`), and
  the redemption of an offer with a code of Sestante.
- **Required** fields. An event without one of them is accepted as **incomplete** (\`field-missing\`). Signals that need the field are not
  created. If the source is strict, the event is rejected.
- **Fields** may have another spelling if it is unambiguous: \`orderId\`, \`Order ID\` and \`transaction_id\` are read as \`order_id\`, \`items\` as
  \`products\`, \`qty\` as \`quantity\`.
- **Types.** A value of the wrong type is removed from the properties and reported as \`field-invalid\`. The rest of the activity is used. Ids are
  strings or numbers, but not in scientific notation. If a number is expected, an unambiguous string is converted: \`"41.50"\`, \`"41,50 €"\`,
  \`"1.234,50"\`, \`"12.00-"\`, but not \`"1,234"\`. Booleans are converted in the same way: \`"yes"\`, \`"nein"\`, \`0\`. \`null\` counts as missing, and so does an
  empty string if an id or a number is expected. If an array is expected, a single value is read as an array with one item.
- **Other fields** may be sent with every activity. They are stored unchanged.
- Violations of accepted events are returned in the response, counted, and listed at \`GET /api/v1/incomplete\`. Rejected events are listed at
  \`GET /api/v1/rejected\` and can be reprocessed.

The vocabulary as JSON Schema: \`GET /api/v1/vocabulary\`. What the default model makes of each activity, or why it makes nothing: [retail-2](retail-2.md).
Of any model: \`GET /api/v1/models/{version}/activities\`.

## Contents
`;

/** The vocabulary as a page in Markdown. */
export function vocabularyPage(chapters: readonly Chapter[]): string {
  const contents = chapters.map(({ title, terms }) => `- **${title}**: ${Object.keys(terms).map(linkTo).join(' · ')}`);
  return [introduction, ...contents, '', ...productSection, ...chapters.flatMap(chapterOf)].join('\n');
}

const linkTo = (name: string) => `[${name}](#${name.replaceAll('.', '')})`;

function chapterOf({ title, description, terms }: Chapter): string[] {
  return [`## ${title}`, '', description, '', ...Object.entries(terms).flatMap(([name, term]) => termOf(name, term))];
}

function termOf(name: string, { titles, description, must, either, may, example }: Term): string[] {
  const rows = [...rowsOf(must, () => 'yes'), ...rowsOf(may, (field) => alternative(field, either))];
  return [
    `### ${name}`,
    '',
    `${description} Sent as ${titles.map((title) => `**${title}**`).join(' or ')}.`,
    '',
    ...(rows.length > 0 ? [...tableHead, ...rows, ''] : []),
    ...(Object.keys(example).length > 0 ? ['```json', written(example), '```', ''] : []),
  ];
}

function alternative(field: string, either: Term['either']): string {
  const others = either?.includes(field) ? either.filter((name) => name !== field) : [];
  return others.map((name) => `this or \`${name}\``).join();
}

const tableHead = ['| field | required | type | meaning |', '| --- | --- | --- | --- |'];

/** A row for each field and its inner fields; one row for all the fields that every product has. */
function rowsOf(fields: Fields, required: (name: string) => string, prefix = ''): string[] {
  const isOfProducts = (name: string, field: Field) => (product as Fields)[name] === field && required(name) === '';
  const [ofProducts, others] = [true, false].map((wanted) =>
    Object.entries(fields).filter(([name, field]) => isOfProducts(name, field) === wanted),
  );
  const productNames = ofProducts!.map(([name]) => `\`${name}\``).join(', ');
  return [
    ...others!.flatMap(([name, field]) => [
      `| \`${prefix}${name}\` | ${required(name)} | ${field.typeName} | ${field.description} |`,
      ...(field.fields ? rowsOf(field.fields, () => '', `${prefix}${name}${separatorOf(field)}`) : []),
    ]),
    ...(productNames
      ? [`| ${prefix && `\`${prefix.slice(0, -1)}\`: `}${productNames} | | see [products](#products) | |`]
      : []),
  ];
}

const separatorOf = ({ typeName }: Field) => (typeName.startsWith('an array') ? '[].' : '.');

const productSection = [
  '## Products',
  '',
  'Many activities are about one product or several products. The fields of a product are the same in all of them.',
  '',
  '| field | type | meaning |',
  '| --- | --- | --- |',
  ...Object.entries<Field>(product).map(
    ([name, { typeName, description }]) => `| \`${name}\` | ${typeName} | ${description} |`,
  ),
  '',
];

/** JSON in one line if it is short. */
function written(example: Properties): string {
  const lines = JSON.stringify(example, null, 2);
  const line = lines.replaceAll(/\n\s*/g, ' ');
  return line.length <= 110 ? line : lines;
}

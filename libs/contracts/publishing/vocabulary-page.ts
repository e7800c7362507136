import type { Field, Fields } from '../src/vocabulary/field.ts';
import { product } from '../src/vocabulary/products.ts';
import type { Chapter, Properties, Term } from '../src/vocabulary/term.ts';

const introduction = `# Vocabulary

The activities that Sestante knows. An activity is sent as an event, by any Segment-compatible SDK or by \`POST /v1/track\`:

\`\`\`json
{ "userId": "ada", "event": "Order Completed", "properties": { "order_id": "o-1", "revenue": 168, "currency": "EUR" } }
\`\`\`

- **Names.** An event may be called by the title or by our name: \`Order Completed\`, \`order_completed\`, \`orderCompleted\`,
  \`Completed Order\` and \`order.completed\` are the same. Every other name is a **custom activity**: it is kept under a name made of its own
  words, the last of them the action (\`Gift Wrapped\` is \`gift.wrapped\`), its properties are not checked, and a model may read it. Two kinds of names
  are guessed, and told as \`name-unclear\`: what takes back a consent (\`User Unsubscribed From SMS\` is \`message.unsubscribed\`), and the redemption
  of an offer by a code of ours.
- **Needed** fields are those without which the activity says less. An event without one is accepted as **incomplete** (\`field-missing\`); signals
  that need the field give none. A strict source's are rejected.
- **Fields** may be spelt otherwise where that can mean nothing else: \`orderId\`, \`Order ID\`, \`transaction_id\` are \`order_id\`, \`items\` are
  \`products\`, \`qty\` is \`quantity\`.
- **Types.** What is of another type is left out of the properties, and told as \`field-invalid\`; the rest of the activity stands. Ids are texts or
  numbers, and none in scientific notation. Where a number is expected, a text is one that can mean nothing else: \`"41.50"\`, \`"41,50 €"\`,
  \`"1.234,50"\`, \`"12.00-"\`, but not \`"1,234"\`. So is a truth: \`"yes"\`, \`"nein"\`, \`0\`. \`null\` counts as missing, and so does an empty text where an id
  or a number is expected. One of what there may be several of is a list of one.
- **Other fields** may be sent with every activity, and are kept as they come.
- What is wrong with accepted events is told in the answer, counted and shown at \`GET /api/v1/incomplete\`; rejected events are kept at
  \`GET /api/v1/rejected\`, and can be driven again.

The same as JSON Schema: \`GET /api/v1/vocabulary\`.

## Contents
`;

/** The vocabulary as a page in Markdown. */
export function vocabularyPage(chapters: readonly Chapter[]): string {
  const contents = chapters.map(({ title, terms }) => `- **${title}**: ${Object.keys(terms).map(linkTo).join(' · ')}`);
  return [introduction, ...contents, '', ...productSection, ...chapters.flatMap(chapterOf)].join('\n');
}

const linkTo = (name: string) => `[${name}](#${name.replaceAll('.', '')})`;

function chapterOf({ title, says, terms }: Chapter): string[] {
  return [`## ${title}`, '', says, '', ...Object.entries(terms).flatMap(([name, term]) => termOf(name, term))];
}

function termOf(name: string, { titles, says, must, either, may, example }: Term): string[] {
  const rows = [...rowsOf(must, () => 'yes'), ...rowsOf(may, (field) => alternative(field, either))];
  return [
    `### ${name}`,
    '',
    `${says} Sent as ${titles.map((title) => `**${title}**`).join(' or ')}.`,
    '',
    ...(rows.length > 0 ? [...tableHead, ...rows, ''] : []),
    ...(Object.keys(example).length > 0 ? ['```json', written(example), '```', ''] : []),
  ];
}

function alternative(field: string, either: Term['either']): string {
  const others = either?.includes(field) ? either.filter((name) => name !== field) : [];
  return others.map((name) => `this or \`${name}\``).join();
}

const tableHead = ['| field | needed | type | meaning |', '| --- | --- | --- | --- |'];

/** A row for each field and, below it, for what it holds; one row for all that is said of products alike. */
function rowsOf(fields: Fields, needed: (name: string) => string, prefix = ''): string[] {
  const isOfProducts = (name: string, field: Field) => (product as Fields)[name] === field && needed(name) === '';
  const [ofProducts, others] = [true, false].map((wanted) =>
    Object.entries(fields).filter(([name, field]) => isOfProducts(name, field) === wanted),
  );
  const told = ofProducts!.map(([name]) => `\`${name}\``).join(', ');
  return [
    ...others!.flatMap(([name, field]) => [
      `| \`${prefix}${name}\` | ${needed(name)} | ${field.words} | ${field.says} |`,
      ...(field.fields ? rowsOf(field.fields, () => '', `${prefix}${name}${separatorOf(field)}`) : []),
    ]),
    ...(told ? [`| ${prefix && `\`${prefix.slice(0, -1)}\`: `}${told} | | see [products](#products) | |`] : []),
  ];
}

const separatorOf = ({ words }: Field) => (words.startsWith('a list') ? '[].' : '.');

const productSection = [
  '## Products',
  '',
  'Many activities are about a product, or about a list of them. What is said of a product is the same in all.',
  '',
  '| field | type | meaning |',
  '| --- | --- | --- |',
  ...Object.entries<Field>(product).map(([name, { words, says }]) => `| \`${name}\` | ${words} | ${says} |`),
  '',
];

/** JSON in one line as long as that is short. */
function written(example: Properties): string {
  const lines = JSON.stringify(example, null, 2);
  const line = lines.replaceAll(/\n\s*/g, ' ');
  return line.length <= 110 ? line : lines;
}

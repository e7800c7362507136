import { type ActivityDescription, elements } from '@sestante/engagement';
import { countsIn, signalsIn } from './rule-in-words.ts';
import { unread } from './unread.ts';

const introduction = `<!-- Written by npm run model-page: do not edit. -->

# The model retail-2

What the default model, \`libs/services/scoring/models/retail-2.json\`, makes of each activity of the [vocabulary](vocabulary.md). The
[formula](../libs/domain/engagement/README.md) turns signals into scores; the [evidence](evidence/complete-journey.md) shows the scores of a year of a real grocer.

## Choices

- **Value** is what a purchase was worth, not how many there were: what was saved of the price, what came back, what delivery cost, and what the customer
  says. A purchase without a known discount says nothing about value. A full price is a little below the base: on other days it is had for less.
- **Relevance** goes with how often somebody comes. Its base is low (40): nothing is known to be meant for a stranger. It counts one and a half times in
  overall, like trust.
- **Rhythm**: \`shape\` 1.4 and \`rateDays\` 24 are those of the grocer's households before the held-out weeks (\`npm run evidence -- <folder> --fit\` prints
  1.36 and 23.7), rounded. Another shop should fit its own. \`sharpness\` 20: of a silence whose chance is 1 in 20 a third counts, of one in 100 four fifths.
  It lowers value and relevance, and nothing else: nobody has broken a promise.
- **One parcel**: its arrival and the promise of its day are one matter for trust, so a late parcel is one failure. A refund and the return of the same order
  are one matter, too.
- **Loyal**: five purchases, no unusual silence, relevance of 75 or more (a visit every week or two; a shop with rarer purchases lowers it), and nothing that
  is known to be bad: value, trust, efficiency, control, and coherence if there is more than one channel. What is not known is no obstacle.
`;

const signals = `
## Activities that give evidence

A signal has a weight in observations, and a valence as a score from 0 to 100. Usual is the customer's own mean amount of a purchase.
`;

/** The page about the model in Markdown: every activity of the vocabulary, in its order, with what the model makes of it, or why it makes nothing. */
export function modelPage(described: readonly ActivityDescription[], names: readonly string[]): string {
  const byName = new Map(described.map((one) => [one.activity, one]));
  const read = names.flatMap((name) => rowsOf(name, byName.get(name)));
  const rest = names.filter((name) => !byName.has(name)).map((name) => `| \`${name}\` | ${unread[name] ?? ''} |`);
  return [
    introduction,
    ...summaryOf(byName, names),
    signals,
    '| activity | signals | counts | because |',
    '| --- | --- | --- | --- |',
    ...read,
    '\n## Activities that give no evidence\n\nThey say nothing about an element by themselves.\n',
    '| activity | reason |',
    '| --- | --- |',
    ...rest,
    '',
  ].join('\n');
}

/** Which activities move each element. */
function summaryOf(byName: ReadonlyMap<string, ActivityDescription>, names: readonly string[]): string[] {
  const linked = (name: string) => `[${name}](vocabulary.md#${name.replaceAll('.', '')})`;
  return [
    `## Elements\n\nOf the ${names.length} activities of the vocabulary, ${names.filter((name) => byName.has(name)).length} move an element.\n`,
    '| element | activities that move it |',
    '| --- | --- |',
    ...elements.map((element) => {
      const moving = names.filter((name) => byName.get(name)?.elements.includes(element));
      return `| ${element} | ${moving.length}: ${moving.map(linked).join(', ')} |`;
    }),
  ];
}

function rowsOf(name: string, description: ActivityDescription | undefined): string[] {
  return (description?.rules ?? []).map(({ document }) => {
    return `| \`${name}\` | ${signalsIn(document)} | ${countsIn(document)} | ${document.because.en} |`;
  });
}

import { type Markup, markup } from './markup.ts';
import { rowOf } from './rows.ts';
import { fieldsOf, instantOf, textOf, wordOf } from './words.ts';

const listOf = (value: unknown) => (Array.isArray(value) ? value.map(fieldsOf) : []);

function table(heads: readonly string[], rows: readonly (readonly string[])[]): Markup {
  const head = heads.map((name) => markup`<th>${name}</th>`);
  return rows.length === 0
    ? markup`<p>Nothing.</p>\n`
    : markup`<table><thead><tr>${head}</tr></thead><tbody>\n${rows.map(rowOf)}</tbody></table>\n`;
}

/** What `profile.json` has: identifiers, traits, and where the customer was seen. */
export function profileSection(profile: unknown): Markup {
  const { members, traits, channels, stores } = fieldsOf(profile);
  const identifiers = listOf(members).flatMap(({ identifiers: all, firstSeenAt }) =>
    listOf(all).map(({ kind, value }) => [wordOf(kind), textOf(value), instantOf(firstSeenAt)]),
  );
  const said = Object.entries(fieldsOf(traits)).map(([name, trait]) => {
    const { value, setAt } = fieldsOf(trait);
    return [name, textOf(value), instantOf(setAt)];
  });
  const places = [
    ...listOf(channels).map(({ channel, lastSeenAt }) => [wordOf(channel), instantOf(lastSeenAt)]),
    ...listOf(stores).map(({ storeId, lastSeenAt }) => [`store ${textOf(storeId)}`, instantOf(lastSeenAt)]),
  ];
  return markup`<p>By these we know that it is you:</p>
${table(['Kind', 'Value', 'Known since'], identifiers)}
<p>This is what you told us:</p>
${table(['What', 'Value', 'Since'], said)}
<p>Here we saw you lately:</p>
${table(['Where', 'Last'], places)}`;
}

/** What `scores.json` has. */
export function scoresSection(scores: unknown): Markup {
  const { elements, model, at } = fieldsOf(scores);
  const rows = Object.entries(fieldsOf(elements)).map(([element, score]) => {
    const { bond, mood, confidence } = fieldsOf(score);
    return [element, scoreOf(bond), scoreOf(mood), percentOf(confidence)];
  });
  return markup`<p>From 0 to 100, as of ${instantOf(at)}. We compute them from what happened, by the model ${textOf(model)}.</p>
${table(['Element', 'In the long run', 'Lately', 'How much we know'], rows)}`;
}

const scoreOf = (value: unknown) => (typeof value === 'number' ? value.toFixed(0) : 'not enough known');
const percentOf = (value: unknown) => (typeof value === 'number' ? `${Math.round(100 * value)} %` : '');

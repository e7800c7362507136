import { Markup, markup } from './markup.ts';
import { activityOf, detailsOf, type Fields, fieldsOf, instantOf, settingOf, textOf, wordOf } from './words.ts';

/** How the items of a file are shown: as rows of a table. */
export interface Table {
  readonly intro: string;
  readonly heads: readonly string[];
  /** The cells of an item; undefined if it is not shown. */
  readonly cells: (item: Fields) => readonly (string | Markup)[] | undefined;
  /** The most rows. */
  readonly most: number;
}

/** The tables by file. Files without one are only named. A function makes a table for one page: it may count. */
export const tables: Readonly<Record<string, () => Table>> = {
  consents: () => ({
    intro: 'What you agreed to, what you refused, and what else decides whether we may contact you.',
    heads: ['What', 'Your word', 'Since'],
    cells: ({ field, subject, value, setAt, saidAt }) => [
      wordOf(field ?? subject),
      settingOf(value),
      instantOf(setAt ?? saidAt),
    ],
    most: 500,
  }),
  notes: () => ({
    intro: 'What you or we have written down, so that we remember it.',
    heads: ['Note', 'Written by', 'On'],
    cells: ({ text, writtenBy, createdAt }) => [textOf(text), textOf(writtenBy), instantOf(createdAt)],
    most: 500,
  }),
  reasons: reasonsTable,
  offers: () => ({
    intro: 'Newest first. Show the code at the till.',
    heads: ['Offer', 'Why you got it', 'Terms', 'Code', 'Until', 'State'],
    cells: ({ title, reason, terms, code, endsAt, status }) => [
      ...[title, reason, terms, code].map(textOf),
      instantOf(endsAt),
      wordOf(status),
    ],
    most: 500,
  }),
  decisions: () => ({
    intro: 'Each time that we thought about an offer for you, newest first, and why there was none.',
    heads: ['When', 'Because of', 'Result', 'Reasons'],
    cells: ({ decidedAt, cause, result, reasons }) => [
      instantOf(decidedAt),
      activityOf(fieldsOf(cause)['name']),
      wordOf(result),
      Array.isArray(reasons) ? reasons.map(textOf).join('; ') : '',
    ],
    most: 200,
  }),
  timeline: () => ({
    intro: 'What you did with us or experienced, as far as we keep it. Newest first.',
    heads: ['When', 'What', 'Where', 'Details'],
    cells: ({ timestamp, name, channel, properties }) => [
      instantOf(timestamp),
      activityOf(name),
      wordOf(channel),
      detailsOf(properties),
    ],
    most: 1_000,
  }),
  rejected: () => eventsTable('What our systems sent about you, and what we could not use. It had no effect.'),
  incomplete: () => eventsTable('What our systems sent about you with faults. We have used the rest.'),
};

function eventsTable(intro: string): Table {
  const cells = ({ receivedAt, source, reason, event }: Fields) => [
    instantOf(receivedAt),
    ...[source, reason, event].map(textOf),
  ];
  return { intro, heads: ['Received', 'From', 'Why', 'What'], cells, most: 100 };
}

/** The most reasons for one score. */
const mostReasons = 5;

/** The slow scores only: for each element what it begins with, and what moves it most. */
function reasonsTable(): Table {
  const counts = new Map<string, number>();
  return {
    intro: 'What moves each score most, in points. All reasons together add up to the score.',
    heads: ['Score', 'Because of', 'When', 'Points'],
    cells: ({ element, scale, because, at, contribution }) => {
      const key = textOf(element);
      const count = (counts.get(key) ?? 0) + 1;
      if (scale !== 'bond' || count > mostReasons) return undefined;
      counts.set(key, count);
      return [key, activityOf(because), instantOf(at), pointsOf(contribution)];
    },
    most: 100,
  };
}

const pointsOf = (value: unknown) => (typeof value === 'number' ? `${value >= 0 ? '+' : ''}${value.toFixed(1)}` : '');

/** A row of a table. */
export const rowOf = (cells: readonly (string | Markup)[]) =>
  markup`<tr>${cells.map((cell) => markup`<td>${cell}</td>`)}</tr>\n`;

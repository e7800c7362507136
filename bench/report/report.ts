import type { Section } from '../benchmark.ts';
import type { MachineTime } from '../measure/machine-time.ts';
import { figure, middle, spread } from './figures.ts';
import { floorsTable } from './floors.ts';
import { ratesTable } from './rates.ts';
import { table } from './table.ts';

export interface Preface {
  readonly at: Date;
  readonly runs: number;
  readonly isQuick: boolean;
  readonly machine: readonly string[];
  /** Where the machine's CPU time went during the whole run. */
  readonly time: MachineTime;
}

/** The whole report in Markdown. */
export function writeReport(sections: readonly Section[], preface: Preface): string {
  const rates = sections.flatMap((section) => section.rates ?? []);
  const floors = floorsTable(sections);
  const parts = [
    '# What Sestante reaches, and what it costs',
    ...sections.filter(({ missing }) => missing).map(({ title, missing }) => `**${title}: not measured.** ${missing}`),
    introduction(preface),
    ...(floors ? ['## Floors', floors] : []),
    ...sections.filter(({ missing }) => !missing).flatMap((section) => chapter(section, rates)),
  ];
  return `${parts.join('\n\n')}\n`;
}

function introduction({ at, runs, isQuick, machine, time }: Preface): string {
  const how = isQuick
    ? 'A quick run, to see that the suite works: **these figures are not to be used.**'
    : `Medians of ${runs} runs, spread from the least to the most.`;
  const date = at.toISOString().slice(0, 16).replace('T', ' ');
  return `Made by \`npm run bench\` on ${date} UTC. ${how} Events are retail events of about 600 bytes. CPU is user and system time of all
processes that do the work (server, Postgres, broker), whatever else the machine does meanwhile; what makes the load runs on the same
cores and is given apart. events/s depend on how busy the machine is, CPU µs an event much less.

${[...machine, timeInWords(time)].map((line) => `- ${line}`).join('\n')}`;
}

function timeInWords({ idle, stolen }: MachineTime): string {
  const percent = (share: number) => `${Math.round(share * 100)} %`;
  return `of the machine's CPU time during the run ${percent(idle)} was idle, and ${percent(stolen)} was taken away by its host`;
}

function chapter(section: Section, all: NonNullable<Section['rates']>): string[] {
  const { title, about, rates = [], readings = [], remarks = [] } = section;
  return [
    `## ${title}`,
    about,
    ...(rates.length > 0 ? [ratesTable(rates, all)] : []),
    ...(readings.length > 0 ? [readingsTable(readings)] : []),
    ...remarks,
  ];
}

function readingsTable(readings: NonNullable<Section['readings']>): string {
  const rows = readings.map(({ what, unit, values, floor }) => [
    `${what} (${unit})`,
    middle(values),
    spread(values),
    floor === undefined ? '' : `at most ${figure(floor)}`,
  ]);
  return table([['', 'median', 'spread', 'floor'], ...rows]);
}

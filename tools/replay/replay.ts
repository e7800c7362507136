import type { Rejection } from '../sestante/send-batch.ts';
import { drained, readStats, type Stats } from '../sestante/stats.ts';
import { bar, count, type StatusLine } from '../sestante/status-line.ts';
import type { Target } from '../sestante/target.ts';
import type { HouseholdEvent } from './household-event.ts';
import { toLanes } from './lanes.ts';
import { type Progress, sendLanes } from './send-lanes.ts';
import { speedOver } from './speed.ts';
import { table } from './summary.ts';

const laneCount = 4;
const redrawMs = 100;
const shownRejections = 5;

/** Sends the events and prints the results. Resolves to whether no event was rejected; throws `Fault`. */
export async function replay(target: Target, events: readonly HouseholdEvent[], line: StatusLine): Promise<boolean> {
  const households = new Set(events.map(({ household }) => household)).size;
  line.print(`${count(events.length)} events of ${count(households)} households → ${target.url}`);
  const before = target.apiKey ? await firstStats(target, line) : undefined;
  const startedAt = performance.now();
  const progress: Progress = { sent: 0, error: undefined, rejected: [] };
  const drawing = draw(events.length, progress, line);
  try {
    await sendLanes(target, toLanes(events, laneCount), progress);
  } finally {
    clearInterval(drawing);
    line.clear();
  }
  line.print(`Sent ${totals(progress.sent, startedAt)}.`);
  printRejected(progress.rejected, line);
  if (before) await printCounts(target, { before, sent: progress.sent, startedAt }, line);
  else line.print('No API key (SESTANTE_API_KEY): the results cannot be read.');
  return progress.rejected.length === 0;
}

/** Reads the stats, and waits for the server if it is unreachable. */
function firstStats(target: Target, line: StatusLine): Promise<Stats> {
  let isReported = false;
  return readStats(target, (reason) => {
    if (!isReported && reason) line.print(`The server is unreachable (${reason}). Start it with npm start.`);
    isReported = true;
    line.show(waiting(target, reason));
  });
}

function draw(total: number, progress: Progress, line: StatusLine): NodeJS.Timeout {
  const speed = speedOver(3_000);
  return setInterval(() => {
    const { sent, error } = progress;
    const perSecond = `${count(speed.at(performance.now(), sent))} events/s`;
    const share = sent / total;
    const done = `${bar(share, 16)} ${Math.floor(100 * share)} %  ${count(sent)} of ${count(total)}`;
    line.show(`${done}  ${error ? `no response (${error}), retrying` : perSecond}`);
  }, redrawMs);
}

const waiting = (target: Target, reason: string | undefined) =>
  `waiting for ${target.url} (${reason ?? 'it is available again'})`;

function totals(events: number, startedAt: number): string {
  const seconds = (performance.now() - startedAt) / 1_000;
  return `${count(events)} events in ${seconds.toFixed(1)} s, ${count(events / seconds)} events/s`;
}

function printRejected(rejected: readonly Rejection[], line: StatusLine): void {
  if (rejected.length === 0) return;
  line.print(
    `${count(rejected.length)} events were rejected. They are listed, with their reasons, at GET /api/v1/rejected:`,
  );
  for (const { messageId, code, reason } of rejected.slice(0, shownRejections))
    line.print(`  ${messageId}  ${code}: ${reason}`);
  if (rejected.length > shownRejections) line.print(`  and ${count(rejected.length - shownRejections)} more`);
}

interface Run {
  readonly before: Stats;
  readonly sent: number;
  readonly startedAt: number;
}

async function printCounts(target: Target, { before, sent, startedAt }: Run, line: StatusLine): Promise<void> {
  const after = await drained(target, {
    onLag: (lag) => line.show(`Waiting for all services: ${count(lag)} messages left`),
    onError: (reason) => line.show(waiting(target, reason)),
  });
  line.clear();
  line.print(`Processed by all services: ${totals(sent, startedAt)}.\n\n${table(before, after)}`);
}

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

/** Sends the events and says what became of them. Resolves with whether all of them could be used; throws `Fault`. */
export async function replay(target: Target, events: readonly HouseholdEvent[], line: StatusLine): Promise<boolean> {
  const households = new Set(events.map(({ household }) => household)).size;
  line.say(`${count(events.length)} events of ${count(households)} households → ${target.url}`);
  const before = target.apiKey ? await firstStats(target, line) : undefined;
  const startedAt = performance.now();
  const progress: Progress = { sent: 0, trouble: undefined, rejected: [] };
  const drawing = draw(events.length, progress, line);
  try {
    await sendLanes(target, toLanes(events, laneCount), progress);
  } finally {
    clearInterval(drawing);
    line.clear();
  }
  line.say(`Sent ${inAll(progress.sent, startedAt)}.`);
  sayRejected(progress.rejected, line);
  if (before) await sayCounts(target, { before, sent: progress.sent, startedAt }, line);
  else line.say('No API key (SESTANTE_API_KEY): what became of them cannot be read.');
  return progress.rejected.length === 0;
}

/** Also finds out whether a server is there at all, and waits for it. */
function firstStats(target: Target, line: StatusLine): Promise<Stats> {
  let isTold = false;
  return readStats(target, (reason) => {
    if (!isTold && reason) line.say(`Nobody answers there (${reason}): is it running? npm start starts it.`);
    isTold = true;
    line.show(waiting(target, reason));
  });
}

function draw(total: number, progress: Progress, line: StatusLine): NodeJS.Timeout {
  const speed = speedOver(3_000);
  return setInterval(() => {
    const { sent, trouble } = progress;
    const perSecond = `${count(speed.at(performance.now(), sent))} events/s`;
    const share = sent / total;
    const done = `${bar(share, 16)} ${Math.floor(100 * share)} %  ${count(sent)} of ${count(total)}`;
    line.show(`${done}  ${trouble ? `no answer (${trouble}), trying again` : perSecond}`);
  }, redrawMs);
}

const waiting = (target: Target, reason: string | undefined) => `waiting for ${target.url} (${reason ?? 'it is back'})`;

function inAll(events: number, startedAt: number): string {
  const seconds = (performance.now() - startedAt) / 1_000;
  return `${count(events)} events in ${seconds.toFixed(1)} s, ${count(events / seconds)} events/s`;
}

function sayRejected(rejected: readonly Rejection[], line: StatusLine): void {
  if (rejected.length === 0) return;
  line.say(
    `${count(rejected.length)} events were rejected. They are kept, with their reasons, at GET /api/v1/rejected:`,
  );
  for (const { messageId, code, reason } of rejected.slice(0, shownRejections))
    line.say(`  ${messageId}  ${code}: ${reason}`);
  if (rejected.length > shownRejections) line.say(`  and ${count(rejected.length - shownRejections)} more`);
}

interface Run {
  readonly before: Stats;
  readonly sent: number;
  readonly startedAt: number;
}

async function sayCounts(target: Target, { before, sent, startedAt }: Run, line: StatusLine): Promise<void> {
  const after = await drained(target, {
    onLag: (lag) => line.show(`Waiting until all services have read it: ${count(lag)} messages to go`),
    onTrouble: (reason) => line.show(waiting(target, reason)),
  });
  line.clear();
  line.say(`Through all services: ${inAll(sent, startedAt)}.\n\n${table(before, after)}`);
}

import type { Context } from '../benchmark.ts';
import { requestsOf, type Target } from '../load/requests.ts';
import { sendAll } from '../load/send.ts';
import type { Shape } from '../load/shapes.ts';
import type { Run } from '../measure/rate.ts';
import { type Part, stopwatch } from '../measure/stopwatch.ts';

/** The number of events of a measurement. */
export const eventsOf = ({ eachRequest }: Shape, { isQuick }: Context) =>
  (eachRequest === 1 ? 60_000 : 100_000) / (isQuick ? 10 : 1);

interface Measurable {
  readonly target: Target;
  readonly parts: readonly Part[];
}

interface Load {
  readonly events: number;
  readonly run: number;
}

/** Measures a new process after a warm-up. */
export async function warmAndMeasured(thing: Measurable, shape: Shape, { events, run }: Load): Promise<Run> {
  await measured(thing, shape, { events: events / 10, run: 0 });
  return measured(thing, shape, { events, run });
}

/** Sends events as fast as possible, until the last response. */
export async function measured({ target, parts }: Measurable, shape: Shape, { events, run }: Load): Promise<Run> {
  const { eachRequest, connections } = shape;
  const requests = requestsOf(target, { events, eachRequest, seed: run });
  const read = stopwatch(parts);
  await sendAll(target.port, requests, connections);
  return { events, ...read() };
}

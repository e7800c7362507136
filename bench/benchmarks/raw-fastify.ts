import type { Benchmark } from '../benchmark.ts';
import { requestsOf } from '../load/requests.ts';
import { type Shape, shapes } from '../load/shapes.ts';
import { sendAll } from '../load/send.ts';
import { repeat } from '../measure/repeat.ts';
import { stopwatch } from '../measure/stopwatch.ts';
import { startFastify } from '../system/fastify.ts';

/** What HTTP and JSON cost by themselves. */
export const rawFastify: Benchmark = {
  name: 'raw-fastify',
  async run(context) {
    await using fastify = await startFastify();
    const target = { port: fastify.port, writeKey: 'nobody-asks-for-it' };
    const measure = ({ eachRequest, connections }: Shape, events: number) =>
      repeat(context, { what: nameOf(eachRequest) }, async (run) => {
        const warm = requestsOf(target, { events: events / 10, eachRequest, seed: 0 });
        const requests = requestsOf(target, { events, eachRequest, seed: run });
        await sendAll(target.port, warm, connections);
        const read = stopwatch([fastify.part]);
        await sendAll(target.port, requests, connections);
        return { events, ...read() };
      });
    const scale = context.isQuick ? 0.1 : 1;
    return {
      title: 'Baseline: Fastify alone',
      about: 'POST of the same bodies to a Fastify that parses them and answers, over as many connections.',
      rates: [await measure(shapes.single, 60_000 * scale), await measure(shapes.batched, 200_000 * scale)],
    };
  },
};

export const nameOf = (eachRequest: number): string =>
  eachRequest === 1 ? 'Fastify, 1 event a request' : `Fastify, ${eachRequest} events a request`;

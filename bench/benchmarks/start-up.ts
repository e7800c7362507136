import type { Benchmark } from '../benchmark.ts';
import { repeatReadings } from '../measure/repeat.ts';
import { makeFolder } from '../system/folder.ts';
import { startStandalone } from '../system/server.ts';

/** The time from `node apps/standalone/dist/main.js` until it is ready. */
export const startUp: Benchmark = {
  name: 'start-up',
  async run(context) {
    const values = await repeatReadings(context, async () => {
      await using folder = await makeFolder();
      const start = async () => {
        await using server = await startStandalone(context, { folder: folder.path });
        return server.startSeconds;
      };
      return { first: await start(), later: await start() };
    });
    return {
      title: 'Start',
      about: 'From the start of the process until `/health/ready` answers 200. The first start creates the database.',
      readings: [
        { what: 'first start', unit: 's', values: values.first, target: 20 },
        { what: 'later start', unit: 's', values: values.later, target: 5 },
      ],
    };
  },
};

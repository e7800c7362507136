import { type Dependencies, type Logger, type Problem } from '@sestante/runtime';
import { eventually } from '@sestante/streaming/testing';
import { aModelDocument, anActivityRule } from './model-documents.ts';
import { addDraft } from '../../src/models/drafts.ts';
import { promote } from '../../src/models/promote.ts';
import { RunShadows } from '../../src/models/shadow/run-shadows.ts';
import { findShadow, type Shadow } from '../../src/models/shadow/shadows.ts';
import { startShadow } from '../../src/models/shadow/start.ts';
import type { Process } from '../driver.ts';

const silent = { info: () => undefined, warn: () => undefined, error: () => undefined } as unknown as Logger;

/** Adds drafts, and works for their shadows, as a process does. */
export function shadowDriver(process: Process) {
  const { dataSource, live } = process;
  const running = new Set<RunShadows>();
  const shadowOf = async (version: string) => {
    const [row] = await dataSource.query<{ model_id: number }[]>(
      'select model_id from scoring.model where version = $1',
      [version],
    );
    return row && findShadow(dataSource, row.model_id);
  };
  return {
    shadowOf,
    /** A draft in which kept promises weigh so much, page views are read, and orders count once. */
    async add(version: string, weight: number): Promise<void> {
      const document = aModelDocument({
        version,
        rules: [
          anActivityRule('promise.kept', { element: 'trust', weight, valence: 1 }),
          anActivityRule('promise.broken', { element: 'trust', weight, valence: 0 }),
          anActivityRule('page.viewed', { element: 'control', weight, valence: 1 }),
          {
            ...anActivityRule('order.completed', { element: 'value', weight, valence: 1 }),
            oncePer: { property: 'order_id' },
          },
        ],
      });
      await addDraft(dataSource, { version, document, changedBy: null });
    },
    async start(version: string): Promise<void> {
      await startShadow(dataSource, version);
      running.forEach((shadows) => shadows.notify());
    },
    /** Starts the shadow of a draft whose document was damaged. */
    async startBroken(version: string): Promise<void> {
      await this.start(version);
      await dataSource.query(`update scoring.model set document = '{}', revision = 2 where version = $1`, [version]);
    },
    /** A process that works for shadows until it is stopped. */
    run(): { stop(): Promise<void> } {
      let begin: () => Promise<void> = () => Promise.resolve();
      const whenReady = (step: typeof begin) => void (begin = step);
      const shadows = new RunShadows(dataSource, live, silent, { whenReady } as unknown as Dependencies);
      void begin();
      running.add(shadows);
      const stop = () => shadows.onApplicationShutdown().finally(() => running.delete(shadows));
      return { stop };
    },
    until(version: string, isReached: (shadow: Shadow) => boolean): Promise<Shadow> {
      return eventually(async () => {
        const shadow = await shadowOf(version);
        if (!shadow || !isReached(shadow)) throw new Error(`The shadow is ${JSON.stringify(shadow)}`);
        return shadow;
      });
    },
    /** Resolves to `ok`, or to the code of the problem. */
    promote: async (version: string): Promise<string> =>
      promote(dataSource, live, (await live.find(version))!).then(
        () => 'ok',
        (problem: Problem) => problem.code ?? String(problem),
      ),
  };
}

import { writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import type { Benchmark, Context, Section } from './benchmark.ts';
import { erasure } from './benchmarks/erasure.ts';
import { idle } from './benchmarks/idle.ts';
import { ingest, ingestKafka } from './benchmarks/ingest.ts';
import { latency } from './benchmarks/latency.ts';
import { lookup } from './benchmarks/lookup.ts';
import { merge } from './benchmarks/merge.ts';
import { pipeline, pipelineKafka } from './benchmarks/pipeline.ts';
import { pipelineCustomers } from './benchmarks/pipeline-customers.ts';
import { pipelineGrown } from './benchmarks/pipeline-grown.ts';
import { pipelinePaced } from './benchmarks/pipeline-paced.ts';
import { rawKafka } from './benchmarks/raw-kafka.ts';
import { rawPostgres } from './benchmarks/raw-postgres.ts';
import { scores } from './benchmarks/scores.ts';
import { shadow } from './benchmarks/shadow.ts';
import { startUp } from './benchmarks/start-up.ts';
import { storage } from './benchmarks/storage.ts';
import { wakeUp } from './benchmarks/wake-up.ts';
import { warmCalibration } from './measure/calibration.ts';
import { machineTime } from './measure/machine-time.ts';
import { type Options, readOptions, usage } from './options.ts';
import { describeMachine } from './report/machine.ts';
import { writeReport } from './report/report.ts';
import { cleanUp, cleanUpOnExit } from './system/cleanup.ts';

/** In the order of the report, with the baselines first. */
const benchmarks: readonly Benchmark[] = [
  rawPostgres,
  rawKafka,
  ingest,
  ingestKafka,
  pipeline,
  pipelineGrown,
  pipelineCustomers,
  pipelinePaced,
  storage,
  pipelineKafka,
  latency,
  lookup,
  scores,
  shadow,
  merge,
  erasure,
  idle,
  wakeUp,
  startUp,
];

const log = (line: string) => process.stdout.write(`${line}\n`);

try {
  cleanUpOnExit();
  const names = benchmarks.map(({ name }) => name);
  await runSuite(readOptions(process.argv.slice(2), names));
} catch (error) {
  process.stderr.write(`bench: ${error instanceof Error ? error.stack : String(error)}\n\n${usage}\n`);
  process.exitCode = 1;
} finally {
  await cleanUp();
}

async function runSuite(options: Options): Promise<void> {
  const { isQuick, only, runs } = options;
  const [at, machine, readTime] = [new Date(), await describeMachine(), machineTime()];
  await warmCalibration();
  const context: Context = { ...options, log };
  const sections: Section[] = [];
  for (const { name, run } of benchmarks) {
    if (only.length > 0 && !only.includes(name)) continue;
    log(name);
    sections.push(await run(context));
  }
  const report = writeReport(sections, { at, runs, isQuick, machine, time: readTime() });
  if (isQuick || only.length > 0) {
    log(`\n${report}`);
    return;
  }
  await writeFile(join(import.meta.dirname, 'report.md'), report);
  log('\nWritten: bench/report.md');
}

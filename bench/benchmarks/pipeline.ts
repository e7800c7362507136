import type { Benchmark } from '../benchmark.ts';
import { NoKafka, startKafka } from '../system/kafka.ts';
import { rawProduce } from './raw-kafka.ts';
import { rawInsert } from './raw-postgres.ts';
import { aboutSaturated, saturatedSection } from './saturated.ts';

export const onPostgres = 'standalone, stream in Postgres';

const about = `All four stages in the standalone process on a new data folder: ${aboutSaturated}`;

/** All stages on the embedded default. */
export const pipeline: Benchmark = {
  name: 'pipeline',
  run(context) {
    const rate = { what: onPostgres, against: rawInsert, maxMicros: 185 };
    return saturatedSection(context, { title: 'All four stages, stream in Postgres', about }, rate);
  },
};

/** The same with the stream on Kafka. */
export const pipelineKafka: Benchmark = {
  name: 'pipeline-kafka',
  async run(context) {
    const title = 'All four stages, stream on Kafka';
    try {
      await using kafka = await startKafka();
      const rate = { what: 'standalone, stream on Kafka', against: rawProduce, maxMicros: 330 };
      return await saturatedSection(context, { title, about }, rate, { kafka });
    } catch (error) {
      if (error instanceof NoKafka) return { title, about, missing: error.message };
      throw error;
    }
  },
};

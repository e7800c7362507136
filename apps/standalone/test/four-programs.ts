import { join } from 'node:path';
import { apiKey, freePort, type Program, startProgram, until, writeKey } from './standalone.ts';

const services = ['ingest', 'profile', 'scoring', 'offers'] as const;
export type Service = (typeof services)[number];

/** The four services as four processes over Kafka. */
export interface FourPrograms {
  readonly urls: Readonly<Record<Service, string>>;
  /** Ends all with SIGKILL and starts them again. */
  kill(): Promise<void>;
  /** Resolves when all are ready. */
  untilReady(): Promise<void>;
  /** Everything that they printed so far, also before they were killed. */
  output(): string;
  /** Ends all with SIGTERM. Resolves to their exit codes. */
  stop(): Promise<(number | NodeJS.Signals)[]>;
}

interface Environment {
  readonly databaseUrl: string;
  readonly brokers: readonly string[];
  /** The prefix of their topics. */
  readonly prefix: string;
  readonly logLevel?: string;
}

/** Starts the four services and waits until they are ready. */
export async function startFourPrograms({
  databaseUrl,
  brokers,
  prefix,
  logLevel = 'warn',
}: Environment): Promise<FourPrograms> {
  const ports = await Promise.all(services.map(() => freePort()));
  const start = (service: Service, index: number): Program =>
    startProgram(join(import.meta.dirname, `../../${service}/dist/main.js`), {
      PORT: String(ports[index]),
      DATABASE_URL: databaseUrl,
      KAFKA_BROKERS: brokers.join(','),
      KAFKA_TOPIC_PREFIX: prefix,
      SESTANTE_WRITE_KEY: writeKey,
      SESTANTE_API_KEY: apiKey,
      LOG_LEVEL: logLevel,
    });
  const end = async (signal: NodeJS.Signals) => {
    for (const program of programs) program.process.kill(signal);
    return Promise.all(programs.map(({ ended }) => ended));
  };
  let programs = services.map(start);
  const started = [...programs];
  const urls = services.map((service, index) => [service, `http://127.0.0.1:${ports[index]}`] as const);
  const untilReady = async () => {
    for (const [, url] of urls) await until(() => isReady(url), Boolean, 40_000);
  };
  await untilReady();
  return {
    urls: Object.fromEntries(urls) as FourPrograms['urls'],
    untilReady,
    async kill() {
      await end('SIGKILL');
      programs = services.map(start);
      started.push(...programs);
    },
    output: () => started.map((program) => program.output()).join(''),
    stop: () => end('SIGTERM'),
  };
}

const isReady = (url: string) =>
  fetch(`${url}/health/ready`).then(
    ({ ok }) => ok,
    () => false,
  );

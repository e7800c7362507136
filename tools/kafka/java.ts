import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { createServer } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { kafkaClassPath } from './jars.ts';
import type { LocalKafka } from './local-kafka.ts';
import { launch, run } from './program.ts';
import { serverProperties } from './settings.ts';

const stopPatienceMs = 5_000;

/** A small machine, and nothing in the log but warnings and the one line that says that the broker is there. */
const javaOptions = [
  '-Xmx512m',
  '-XX:+UseSerialGC',
  '-Dorg.slf4j.simpleLogger.defaultLogLevel=warn',
  '-Dorg.slf4j.simpleLogger.log.kafka.server.KafkaRaftServer=info',
];

/** Starts one broker from its jars, in a folder of its own that is removed at the end. Needs Java 17, and Maven for the first time. */
export async function startWithJava(): Promise<LocalKafka> {
  const classPath = await kafkaClassPath();
  const folder = await mkdtemp(join(tmpdir(), 'sestante-kafka-'));
  try {
    return await startIn(folder, [...javaOptions, '-cp', classPath]);
  } catch (error) {
    await rm(folder, { recursive: true, force: true });
    throw error;
  }
}

async function startIn(folder: string, java: readonly string[]): Promise<LocalKafka> {
  const [port, controllerPort] = await Promise.all([freePort(), freePort()]);
  const settings = join(folder, 'server.properties');
  await writeFile(settings, serverProperties({ folder: join(folder, 'data'), port, controllerPort }));
  await run('java', [...java, 'kafka.tools.StorageTool', 'format', '-t', clusterId, '-c', settings]);

  const broker = launch('java', [...java, 'kafka.Kafka', settings]);
  const stop = async () => {
    await broker.stop(stopPatienceMs);
    await rm(folder, { recursive: true, force: true });
  };
  try {
    await broker.says('Kafka Server started');
  } catch (error) {
    await stop();
    throw error;
  }
  return { brokers: [`127.0.0.1:${port}`], stop, ...(broker.pid === undefined ? {} : { pid: broker.pid }) };
}

/** Any 16 bytes as base64: every cluster started here is alone. */
const clusterId = Buffer.from('sestante-cluster').toString('base64url');

async function freePort(): Promise<number> {
  const server = createServer();
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  const address = server.address();
  await new Promise((resolve) => server.close(resolve));
  if (address === null || typeof address === 'string') throw new Error('no free port');
  return address.port;
}

import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { createServer } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { kafkaClassPath } from './jars.ts';
import type { LocalKafka } from './local-kafka.ts';
import { launch, run } from './program.ts';
import { secure } from './secure.ts';
import { brokerSettings, toProperties } from './settings.ts';

const stopTimeoutMs = 5_000;

/** A small JVM that logs only warnings and the line that reports the start of the broker. */
const javaOptions = [
  '-Xmx512m',
  '-XX:+UseSerialGC',
  '-Dorg.slf4j.simpleLogger.defaultLogLevel=warn',
  '-Dorg.slf4j.simpleLogger.log.kafka.server.KafkaRaftServer=info',
];

/**
 * Starts one broker from its jars, in a temporary folder that is removed at the end. Needs Java 17, and Maven the first time; secured listeners
 * also need openssl.
 */
export async function startWithJava(isSecured: boolean): Promise<LocalKafka> {
  const classPath = await kafkaClassPath();
  const folder = await mkdtemp(join(tmpdir(), 'sestante-kafka-'));
  try {
    return await startIn(folder, [...javaOptions, '-cp', classPath], isSecured);
  } catch (error) {
    await rm(folder, { recursive: true, force: true });
    throw error;
  }
}

async function startIn(folder: string, java: readonly string[], isSecured: boolean): Promise<LocalKafka> {
  const [port, controllerPort, sasl, mutual] = await freePorts();
  const security = isSecured ? await secure(folder, { sasl, mutual }) : undefined;
  const location = { folder: join(folder, 'data'), port, controllerPort };
  const settings = join(folder, 'server.properties');
  const properties = { ...brokerSettings(location, security?.listeners ?? []), ...security?.settings };
  await writeFile(settings, toProperties(properties));
  const format = ['format', '-t', clusterId, '-c', settings, ...(security?.formatArguments ?? [])];
  await run('java', [...java, 'kafka.tools.StorageTool', ...format]);

  const broker = launch('java', [...java, 'kafka.Kafka', settings]);
  const stop = async () => {
    await broker.stop(stopTimeoutMs);
    await rm(folder, { recursive: true, force: true });
  };
  try {
    await broker.untilOutput('Kafka Server started');
  } catch (error) {
    await stop();
    throw error;
  }
  return {
    brokers: [`127.0.0.1:${port}`],
    stop,
    ...(broker.pid === undefined ? {} : { pid: broker.pid }),
    ...(security === undefined ? {} : { secured: security.secured }),
  };
}

/** Any 16 bytes as base64: each cluster has one node. */
const clusterId = Buffer.from('sestante-cluster').toString('base64url');

/** Four ports that are free at the same time. */
async function freePorts(): Promise<[number, number, number, number]> {
  return Promise.all([freePort(), freePort(), freePort(), freePort()]);
}

async function freePort(): Promise<number> {
  const server = createServer();
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  const address = server.address();
  await new Promise((resolve) => server.close(resolve));
  if (address === null || typeof address === 'string') throw new Error('no free port');
  return address.port;
}

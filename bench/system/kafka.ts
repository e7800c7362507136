import { type ChildProcess, fork } from 'node:child_process';
import { once } from 'node:events';
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { Kafka, logLevel } from 'kafkajs';
import { type Part, processes } from '../measure/stopwatch.ts';
import { owned, type Owned } from './cleanup.ts';

const program = join(import.meta.dirname, '../../tools/kafka/main.ts');

export interface Broker {
  readonly brokers: readonly string[];
  /** The process of the broker; none if it runs in a container, whose CPU cannot be read. */
  readonly parts: readonly Part[];
  /** Remarks about its figures. */
  readonly remarks: readonly string[];
}

type Answer = { readonly brokers: string[]; readonly pid?: number } | { readonly missing: string };

/** Starts one broker, if possible from its jars: as a process of this machine, whose CPU can be read. Throws `NoKafka`. */
export async function startKafka(): Promise<Broker & Owned> {
  const noEngine = { ...process.env, DOCKER_HOST: 'unix:///var/run/no-engine.sock' };
  const [child, answer] = await startProgram(noEngine).catch(() => startProgram(process.env));
  const { brokers, pid } = answer;
  const parts = pid === undefined ? [] : [processes('Kafka', pid)];
  const remarks = [
    pid === undefined
      ? 'The broker runs in a container: its CPU is not included in the figures.'
      : `One broker, ${versionOf(pid)}.`,
  ];
  return owned({ brokers, parts, remarks }, async () => {
    if (child.exitCode !== null || !child.connected) return;
    const ended = once(child, 'exit');
    child.disconnect();
    await ended;
  });
}

/** The version in its class path. */
function versionOf(pid: number): string {
  const command = readFileSync(`/proc/${pid}/cmdline`, 'utf8');
  return `Apache Kafka ${/sestante-kafka\/([\d.]+)/.exec(command)?.[1] ?? 'of unknown version'}`;
}

/** Kafka cannot run on this machine, with the reason. */
export class NoKafka extends Error {
  constructor(reason: string) {
    super(reason);
    this.name = 'NoKafka';
  }
}

async function startProgram(env: NodeJS.ProcessEnv): Promise<[ChildProcess, Exclude<Answer, { missing: string }>]> {
  const child = fork(program, { env, execArgv: [], stdio: ['ignore', 'ignore', 'ignore', 'ipc'] });
  const [answer] = (await Promise.race([once(child, 'message'), once(child, 'exit')])) as [Answer | number];
  if (typeof answer === 'number') throw new NoKafka(`${program} ended with ${answer}`);
  if ('missing' in answer) throw new NoKafka(answer.missing.split('\n').slice(0, 4).join(' '));
  return [child, answer];
}

/** A client without logs. */
export function kafkaClient(brokers: readonly string[]): Kafka {
  return new Kafka({ brokers: [...brokers], clientId: 'sestante-bench', logLevel: logLevel.NOTHING });
}

/** Removes all topics and groups, so that the next run starts with an empty cluster and a warm broker. */
export async function emptyKafka(brokers: readonly string[]): Promise<void> {
  const admin = kafkaClient(brokers).admin();
  await admin.connect();
  try {
    const { groups } = await admin.listGroups();
    if (groups.length > 0) await admin.deleteGroups(groups.map(({ groupId }) => groupId));
    const topics = (await admin.listTopics()).filter((topic) => !topic.startsWith('__'));
    if (topics.length > 0) await admin.deleteTopics({ topics });
  } finally {
    await admin.disconnect();
  }
}

import { existsSync } from 'node:fs';
import { mkdir, mkdtemp, rename, rm, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { run } from './program.ts';

const kafkaVersion = '4.1.0';
const cache = join(import.meta.dirname, '../../node_modules/.cache/sestante-kafka');

/** slf4j-simple writes warnings and errors to stderr; without a binding a broker that does not start says nothing at all. */
const pom = `<project xmlns="http://maven.apache.org/POM/4.0.0">
  <modelVersion>4.0.0</modelVersion>
  <groupId>sestante</groupId>
  <artifactId>local-kafka</artifactId>
  <version>1</version>
  <dependencies>
    <dependency><groupId>org.apache.kafka</groupId><artifactId>kafka_2.13</artifactId><version>${kafkaVersion}</version></dependency>
    <dependency><groupId>org.slf4j</groupId><artifactId>slf4j-simple</artifactId><version>1.7.36</version></dependency>
  </dependencies>
</project>
`;

/** The class path of Apache Kafka. The first call fetches 43 MB with Maven; later ones find them in the cache. */
export async function kafkaClassPath(): Promise<string> {
  const jars = join(cache, kafkaVersion);
  if (!existsSync(jars)) await fetchJars(jars);
  return join(jars, '*');
}

/** Fetches aside and renames, so that an interrupted fetch leaves nothing that looks complete. */
async function fetchJars(target: string): Promise<void> {
  await mkdir(cache, { recursive: true });
  const aside = await mkdtemp(join(cache, 'fetching-'));
  try {
    await writeFile(join(aside, 'pom.xml'), pom);
    await run('mvn', [
      '-q',
      '-B',
      '-f',
      aside,
      'dependency:copy-dependencies',
      `-DoutputDirectory=${join(aside, 'jars')}`,
    ]);
    await rename(join(aside, 'jars'), target).catch((error) => {
      // Somebody else was quicker, and has put the same files there.
      if (!existsSync(target)) throw error;
    });
  } finally {
    await rm(aside, { recursive: true, force: true });
  }
}

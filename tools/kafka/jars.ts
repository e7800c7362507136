import { existsSync } from 'node:fs';
import { mkdir, mkdtemp, rename, rm, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { run } from './program.ts';

const kafkaVersion = '4.1.0';
const cache = join(import.meta.dirname, '../../node_modules/.cache/sestante-kafka');

/** slf4j-simple writes warnings and errors to stderr; without a binding, a broker that fails to start prints nothing. */
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

/** The class path of Apache Kafka. The first call downloads 43 MB with Maven; later ones use the cache. */
export async function kafkaClassPath(): Promise<string> {
  const jars = join(cache, kafkaVersion);
  if (!existsSync(jars)) await downloadJars(jars);
  return join(jars, '*');
}

/** Downloads to a temporary folder and renames it, so that an interrupted download is not mistaken for a complete one. */
async function downloadJars(target: string): Promise<void> {
  await mkdir(cache, { recursive: true });
  const temporary = await mkdtemp(join(cache, 'downloading-'));
  try {
    await writeFile(join(temporary, 'pom.xml'), pom);
    await run('mvn', [
      '-q',
      '-B',
      '-f',
      temporary,
      'dependency:copy-dependencies',
      `-DoutputDirectory=${join(temporary, 'jars')}`,
    ]);
    await rename(join(temporary, 'jars'), target).catch((error) => {
      // Another process has downloaded the same files meanwhile.
      if (!existsSync(target)) throw error;
    });
  } finally {
    await rm(temporary, { recursive: true, force: true });
  }
}

import type { Credentials, KafkaStreamOptions } from '@sestante/streaming';
import type { KafkaSettings } from './kafka-settings.ts';
import { readTlsFiles } from './tls-files.ts';

/** The options of the Kafka stream for a configuration; undefined if it names no brokers. */
export function kafkaOptionsOf(config: KafkaSettings): Omit<KafkaStreamOptions, 'clientId'> | undefined {
  if (!config.KAFKA_BROKERS) return undefined;
  const credentials = credentialsOf(config);
  return {
    brokers: config.KAFKA_BROKERS,
    topics: config.KAFKA_TOPICS,
    ...(config.KAFKA_SSL && { ssl: { ...readTlsFiles(config).files } }),
    ...(credentials && { credentials }),
    ...(config.KAFKA_TOPIC_PREFIX && { prefix: config.KAFKA_TOPIC_PREFIX }),
    ...(config.KAFKA_REPLICATION_FACTOR && { replicationFactor: config.KAFKA_REPLICATION_FACTOR }),
  };
}

function credentialsOf(config: KafkaSettings): Credentials | undefined {
  const mechanism = config.KAFKA_SASL_MECHANISM;
  if (mechanism === undefined) return undefined;
  if (mechanism !== 'oauthbearer')
    return { mechanism, username: config.KAFKA_SASL_USERNAME!, password: config.KAFKA_SASL_PASSWORD! };
  const scope = config.KAFKA_SASL_OAUTH_SCOPE;
  return {
    mechanism,
    tokenEndpoint: config.KAFKA_SASL_OAUTH_TOKEN_ENDPOINT!,
    clientId: config.KAFKA_SASL_OAUTH_CLIENT_ID!,
    clientSecret: config.KAFKA_SASL_OAUTH_CLIENT_SECRET!,
    ...(scope !== undefined && { scope }),
  };
}

/** The SASL mechanisms with user name and password, and all supported mechanisms. */
export const userMechanisms = ['plain', 'scram-sha-256', 'scram-sha-512'] as const;
export const mechanisms = [...userMechanisms, 'oauthbearer'] as const;
export type Mechanism = (typeof mechanisms)[number];

/** The variables of Kafka. */
export interface KafkaSettings {
  readonly KAFKA_BROKERS?: string[];
  readonly KAFKA_SSL: boolean;
  readonly KAFKA_SSL_CA_FILE?: string;
  readonly KAFKA_SSL_CERT_FILE?: string;
  readonly KAFKA_SSL_KEY_FILE?: string;
  readonly KAFKA_SASL_MECHANISM?: Mechanism;
  readonly KAFKA_SASL_USERNAME?: string;
  readonly KAFKA_SASL_PASSWORD?: string;
  readonly KAFKA_SASL_OAUTH_TOKEN_ENDPOINT?: string;
  readonly KAFKA_SASL_OAUTH_CLIENT_ID?: string;
  readonly KAFKA_SASL_OAUTH_CLIENT_SECRET?: string;
  readonly KAFKA_SASL_OAUTH_SCOPE?: string;
  readonly KAFKA_TOPIC_PREFIX?: string;
  readonly KAFKA_REPLICATION_FACTOR?: number;
  readonly KAFKA_TOPICS: 'create' | 'check';
}

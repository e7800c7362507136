import { type KafkaSettings, mechanisms, userMechanisms } from './kafka-settings.ts';

type Variable = keyof KafkaSettings;

const ofTls: readonly Variable[] = ['KAFKA_SSL_CA_FILE', 'KAFKA_SSL_CERT_FILE', 'KAFKA_SSL_KEY_FILE'];
const ofUsers: readonly Variable[] = ['KAFKA_SASL_USERNAME', 'KAFKA_SASL_PASSWORD'];
const ofClients: readonly Variable[] = [
  'KAFKA_SASL_OAUTH_TOKEN_ENDPOINT',
  'KAFKA_SASL_OAUTH_CLIENT_ID',
  'KAFKA_SASL_OAUTH_CLIENT_SECRET',
];

/** The faults of the variables of Kafka: missing, without effect, or unsafe. */
export function kafkaFaults(config: KafkaSettings, given: readonly string[]): string[] {
  const unused = given.filter((name) => name.startsWith('KAFKA_') && name !== 'KAFKA_BROKERS');
  if (!given.includes('KAFKA_BROKERS')) return unused.map((name) => `${name} is set, but KAFKA_BROKERS is not`);
  return [...tlsFaults(config), ...saslFaults(config, given), ...endpointFaults(config)];
}

function tlsFaults(config: KafkaSettings): string[] {
  if (config.KAFKA_SSL !== true) return withoutEffect(config, ofTls, 'KAFKA_SSL is not true');
  const [cert, key] = [config.KAFKA_SSL_CERT_FILE, config.KAFKA_SSL_KEY_FILE];
  return [
    ...(cert !== undefined && key === undefined ? ['KAFKA_SSL_CERT_FILE is set, but KAFKA_SSL_KEY_FILE is not'] : []),
    ...(key !== undefined && cert === undefined ? ['KAFKA_SSL_KEY_FILE is set, but KAFKA_SSL_CERT_FILE is not'] : []),
  ];
}

function saslFaults(config: KafkaSettings, given: readonly string[]): string[] {
  const mechanism = config.KAFKA_SASL_MECHANISM;
  // An unknown mechanism is reported by its own validation rule.
  if (mechanism !== undefined && !mechanisms.includes(mechanism)) return [];
  const isOAuth = mechanism === 'oauthbearer';
  const needed = mechanism === undefined ? [] : isOAuth ? ofClients : ofUsers;
  const missing = needed.filter((name) => !given.includes(name));
  const notOfUsers = `KAFKA_SASL_MECHANISM is none of ${userMechanisms.join(', ')}`;
  return [
    ...missing.map((name) => `${name} is missing: KAFKA_SASL_MECHANISM=${mechanism} needs it`),
    ...(mechanism === undefined || isOAuth ? withoutEffect(config, ofUsers, notOfUsers) : []),
    ...(isOAuth
      ? []
      : withoutEffect(config, [...ofClients, 'KAFKA_SASL_OAUTH_SCOPE'], 'KAFKA_SASL_MECHANISM is not oauthbearer')),
  ];
}

/** OAuth 2.0 requires TLS for token endpoints (RFC 6749, section 3.2), because the client sends its secret there. */
function endpointFaults({ KAFKA_SASL_OAUTH_TOKEN_ENDPOINT: endpoint }: KafkaSettings): string[] {
  if (endpoint === undefined) return [];
  const url = URL.parse(endpoint);
  const isSafe = url?.protocol === 'https:' || (url?.protocol === 'http:' && isLoopback(url.hostname));
  return isSafe && !url.username && !url.password
    ? []
    : [
        'KAFKA_SASL_OAUTH_TOKEN_ENDPOINT must be an https:// URL without user name and password (http:// is allowed for this machine only)',
      ];
}

function withoutEffect(config: KafkaSettings, names: readonly Variable[], but: string): string[] {
  return names.filter((name) => config[name] !== undefined).map((name) => `${name} is set, but ${but}`);
}

/** Warnings about settings that are valid, but not secure. */
export function kafkaWarnings({ KAFKA_BROKERS, KAFKA_SSL, KAFKA_SASL_MECHANISM }: KafkaSettings): string[] {
  const isReadable = KAFKA_SASL_MECHANISM === 'plain' || KAFKA_SASL_MECHANISM === 'oauthbearer';
  const isFar = KAFKA_BROKERS?.some((broker) => !isLoopback(broker.replace(/:\d+$/, '')));
  if (KAFKA_SSL || !isReadable || !isFar) return [];
  return [
    `KAFKA_SASL_MECHANISM=${KAFKA_SASL_MECHANISM} without KAFKA_SSL=true sends the secret over the network unencrypted`,
  ];
}

function isLoopback(host: string): boolean {
  return host === 'localhost' || host === '[::1]' || /^127(\.\d{1,3}){3}$/.test(host);
}

import type { SecuredListeners } from './local-kafka.ts';

/** The environment variables for the secured listeners, a line for each. */
export function variablesOf({ sasl, mutual, users, files }: SecuredListeners): string {
  const { username, password } = users.admin;
  const ca = `KAFKA_SSL=true KAFKA_SSL_CA_FILE=${files.ca}`;
  const user = `KAFKA_SASL_USERNAME=${username} KAFKA_SASL_PASSWORD=${password}`;
  return [
    '# TLS and a user (also plain and scram-sha-256):',
    `KAFKA_BROKERS=${sasl} ${ca} KAFKA_SASL_MECHANISM=scram-sha-512 ${user}`,
    '# TLS and a certificate:',
    `KAFKA_BROKERS=${mutual} ${ca} KAFKA_SSL_CERT_FILE=${files.clientCert} KAFKA_SSL_KEY_FILE=${files.clientKey}`,
  ].join('\n');
}

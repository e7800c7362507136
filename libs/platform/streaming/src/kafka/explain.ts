/** An error of Node or kafkajs for a connection that failed. */
interface ConnectionFailure extends Error {
  readonly code?: unknown;
}

const untrusted = 'the certificate of the broker is not signed by a trusted CA';
const clientRefused = 'the broker refuses the certificate of this client, or requires one';
const noTls = 'the listener of the broker does not use TLS, or has closed the connection';
const closed = 'Closed connection (possibly because the broker requires TLS or SASL)';

const meanings: Readonly<Record<string, string>> = {
  DEPTH_ZERO_SELF_SIGNED_CERT: untrusted,
  SELF_SIGNED_CERT_IN_CHAIN: untrusted,
  UNABLE_TO_GET_ISSUER_CERT: untrusted,
  UNABLE_TO_GET_ISSUER_CERT_LOCALLY: untrusted,
  UNABLE_TO_VERIFY_LEAF_SIGNATURE: untrusted,
  'ERR_SSL_SSL/TLS_ALERT_BAD_CERTIFICATE': clientRefused,
  'ERR_SSL_SSL/TLS_ALERT_CERTIFICATE_UNKNOWN': clientRefused,
  ERR_SSL_TLSV1_ALERT_UNKNOWN_CA: clientRefused,
  ERR_SSL_TLSV13_ALERT_CERTIFICATE_REQUIRED: clientRefused,
  ERR_SSL_WRONG_VERSION_NUMBER: noTls,
};
const beforeTls = 'before secure TLS connection was established';

/** The message of the error, with its meaning for the operator if it is known. */
export function explain({ name, message, code }: ConnectionFailure): string {
  if (name === 'KafkaJSConnectionClosedError') return closed;
  const meaning = message.includes(beforeTls) ? noTls : meanings[String(code)];
  return meaning ? `Connection error: ${meaning} (${code})` : message;
}

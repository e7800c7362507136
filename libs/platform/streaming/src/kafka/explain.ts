/** What Node and kafkajs say of a connection that did not come about, and what it means here. */
interface ConnectionFailure extends Error {
  readonly code?: unknown;
}

const untrusted = 'the certificate of the broker is signed by no CA that is trusted here';
const unwelcome = 'the broker refuses the certificate of this client, or expects one';
const noTls = 'the listener of the broker does not speak TLS, or has ended the connection';
const closed = 'Closed connection (a broker does that, too, where it expects TLS or SASL and gets none)';

const meanings: Readonly<Record<string, string>> = {
  DEPTH_ZERO_SELF_SIGNED_CERT: untrusted,
  SELF_SIGNED_CERT_IN_CHAIN: untrusted,
  UNABLE_TO_GET_ISSUER_CERT: untrusted,
  UNABLE_TO_GET_ISSUER_CERT_LOCALLY: untrusted,
  UNABLE_TO_VERIFY_LEAF_SIGNATURE: untrusted,
  'ERR_SSL_SSL/TLS_ALERT_BAD_CERTIFICATE': unwelcome,
  'ERR_SSL_SSL/TLS_ALERT_CERTIFICATE_UNKNOWN': unwelcome,
  ERR_SSL_TLSV1_ALERT_UNKNOWN_CA: unwelcome,
  ERR_SSL_TLSV13_ALERT_CERTIFICATE_REQUIRED: unwelcome,
  ERR_SSL_WRONG_VERSION_NUMBER: noTls,
};
const beforeTls = 'before secure TLS connection was established';

/** The message of the error, in the words of whoever has to mend it. */
export function explained({ name, message, code }: ConnectionFailure): string {
  if (name === 'KafkaJSConnectionClosedError') return closed;
  const meaning = message.includes(beforeTls) ? noTls : meanings[String(code)];
  return meaning ? `Connection error: ${meaning} (${code})` : message;
}

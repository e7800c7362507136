/** A Kafka cluster of one node, for tests and experiments. Its data are removed when it stops. */
export interface LocalKafka {
  readonly brokers: string[];
  /** The process of the broker, if it runs on this machine and not in a container. */
  readonly pid?: number;
  /** Its secured listeners, if it was started with them. */
  readonly secured?: SecuredListeners;
  stop(): Promise<void>;
}

/** The listeners that require authentication, and what a client needs for them. The listener of `brokers` allows everything without authentication. */
export interface SecuredListeners {
  /** `host:port` of the listener with TLS and SASL: PLAIN, SCRAM-SHA-256, SCRAM-SHA-512 and OAUTHBEARER with unsigned tokens. */
  readonly sasl: string;
  /** `host:port` of the listener that requires a client certificate. */
  readonly mutual: string;
  /** Users of PLAIN and SCRAM. */
  readonly users: {
    /** Has all permissions, also as the subject of a token and as `CN=sestante` of a certificate. */
    readonly admin: User;
    /** Has no permissions until they are granted. */
    readonly tenant: User;
  };
  /** Paths of PEM files. */
  readonly files: {
    readonly ca: string;
    readonly otherCa: string;
    readonly clientCert: string;
    readonly clientKey: string;
  };
}

export interface User {
  readonly username: string;
  readonly password: string;
}

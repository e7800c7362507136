/** A Kafka cluster of one node, for tests and for trying things out. Its data end with it. */
export interface LocalKafka {
  readonly brokers: string[];
  /** The broker's process, where it is one of this machine. */
  readonly pid?: number;
  /** Its other listeners, where it was started secured. */
  readonly secured?: SecuredListeners;
  stop(): Promise<void>;
}

/** The listeners that let in only whom they know, and what a client needs for them. `brokers` lets in everybody, with all rights. */
export interface SecuredListeners {
  /** `host:port` of the listener with TLS and SASL: PLAIN, SCRAM-SHA-256, SCRAM-SHA-512 and OAUTHBEARER with unsigned tokens. */
  readonly sasl: string;
  /** `host:port` of the listener that asks for a certificate of the client. */
  readonly mutual: string;
  /** Users of PLAIN and SCRAM. */
  readonly users: {
    /** Has all rights, also as the subject of a token and as `CN=sestante` of a certificate. */
    readonly admin: User;
    /** Has none, until somebody grants them. */
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

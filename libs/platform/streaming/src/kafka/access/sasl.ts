import kafkajs, { type AuthenticationProviderArgs, type Authenticator, type Mechanism } from 'kafkajs';
// @ts-expect-error: kafkajs publishes no types for its internals.
import plain from 'kafkajs/src/broker/saslAuthenticator/plain.js';
// @ts-expect-error: as above.
import scram256 from 'kafkajs/src/broker/saslAuthenticator/scram256.js';
// @ts-expect-error: as above.
import scram512 from 'kafkajs/src/broker/saslAuthenticator/scram512.js';
import { isBrokerResponse, reasonOf } from '../failure.ts';
import { oauthBearer } from './oauth-bearer.ts';
import { TokenRequestFailed, type TokenSource, tokensOf } from './tokens.ts';

/** The credentials of this client in the cluster. */
export type Credentials =
  | {
      readonly mechanism: 'plain' | 'scram-sha-256' | 'scram-sha-512';
      readonly username: string;
      readonly password: string;
    }
  | ({ readonly mechanism: 'oauthbearer' } & TokenSource);

type Provider = (args: AuthenticationProviderArgs) => Authenticator;

const ofKafkajs = { plain, 'scram-sha-256': scram256, 'scram-sha-512': scram512 } as Readonly<
  Record<string, (user: object) => Provider>
>;

/**
 * The SASL mechanism for kafkajs. kafkajs reports every failure during authentication as a refusal, without the user. Here a refusal names the
 * mechanism, the user and the reason of the broker, and a lost connection is reported as such.
 */
export function saslOf(credentials: Credentials): Mechanism {
  const { mechanism } = credentials;
  const isOAuth = mechanism === 'oauthbearer';
  const provider = isOAuth ? oauthBearer(tokensOf(credentials)) : ofKafkajs[mechanism]!(credentials);
  const name = isOAuth ? `client ${credentials.clientId}` : `user ${credentials.username}`;
  const who = `SASL ${mechanism.toUpperCase()} authentication failed for ${name}`;
  return { mechanism, authenticationProvider: (args) => withClearErrors(provider, who, args) };
}

function withClearErrors(provider: Provider, who: string, args: AuthenticationProviderArgs): Authenticator {
  let brokerError: unknown;
  const saslAuthenticate: AuthenticationProviderArgs['saslAuthenticate'] = (step) =>
    args.saslAuthenticate(step).catch((error: unknown) => {
      brokerError = error;
      throw error;
    });
  return {
    async authenticate() {
      try {
        await provider({ ...args, saslAuthenticate }).authenticate();
      } catch (error) {
        if (error instanceof TokenRequestFailed) throw error;
        if (brokerError !== undefined && !isBrokerResponse(brokerError)) throw brokerError;
        throw refusal(`${who}: ${reasonOf(brokerError ?? error)}`);
      }
    },
  };
}

/** An error like that of kafkajs, whose types accept no message. */
function refusal(message: string): Error {
  return Object.assign(new kafkajs.KafkaJSNonRetriableError(message), { name: 'KafkaJSSASLAuthenticationError' });
}

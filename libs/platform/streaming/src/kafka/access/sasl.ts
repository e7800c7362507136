import kafkajs, { type AuthenticationProviderArgs, type Authenticator, type Mechanism } from 'kafkajs';
// @ts-expect-error: kafkajs publishes no types for its inside.
import plain from 'kafkajs/src/broker/saslAuthenticator/plain.js';
// @ts-expect-error: as above.
import scram256 from 'kafkajs/src/broker/saslAuthenticator/scram256.js';
// @ts-expect-error: as above.
import scram512 from 'kafkajs/src/broker/saslAuthenticator/scram512.js';
import { isAnswer, reasonOf } from '../failure.ts';
import { oauthBearer } from './oauth-bearer.ts';
import { NoToken, type TokenSource, tokensOf } from './tokens.ts';

/** As whom to speak to the cluster. */
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
 * The mechanism for a client of kafkajs. kafkajs calls everything that goes wrong meanwhile a refusal, and names nobody: here a refusal names the
 * mechanism, the user and the reason of the broker, and a connection that was lost stays one.
 */
export function saslOf(credentials: Credentials): Mechanism {
  const { mechanism } = credentials;
  const isOAuth = mechanism === 'oauthbearer';
  const provider = isOAuth ? oauthBearer(tokensOf(credentials)) : ofKafkajs[mechanism]!(credentials);
  const name = isOAuth ? `client ${credentials.clientId}` : `user ${credentials.username}`;
  const who = `SASL ${mechanism.toUpperCase()} authentication failed for ${name}`;
  return { mechanism, authenticationProvider: (args) => telling(provider, who, args) };
}

function telling(provider: Provider, who: string, args: AuthenticationProviderArgs): Authenticator {
  let answer: unknown;
  const saslAuthenticate: AuthenticationProviderArgs['saslAuthenticate'] = (step) =>
    args.saslAuthenticate(step).catch((error: unknown) => {
      answer = error;
      throw error;
    });
  return {
    async authenticate() {
      try {
        await provider({ ...args, saslAuthenticate }).authenticate();
      } catch (error) {
        if (error instanceof NoToken) throw error;
        if (answer !== undefined && !isAnswer(answer)) throw answer;
        throw refusal(`${who}: ${reasonOf(answer ?? error)}`);
      }
    },
  };
}

/** As kafkajs's own, whose types take no message. */
function refusal(message: string): Error {
  return Object.assign(new kafkajs.KafkaJSNonRetriableError(message), { name: 'KafkaJSSASLAuthenticationError' });
}

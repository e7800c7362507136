import type { AuthenticationProviderArgs, Authenticator, SaslAuthenticationRequest } from 'kafkajs';

/** The end of a message, and the whole answer to a refusal (RFC 7628, sections 3.1 and 3.2.3). */
const separator = '\u0001';

/**
 * OAUTHBEARER. kafkajs has it, too, but takes the broker's refusal for a success: the refusal comes as an answer with a body, and only the next step
 * of the exchange fails.
 */
export function oauthBearer(token: () => Promise<string>): (args: AuthenticationProviderArgs) => Authenticator {
  return ({ saslAuthenticate }) => ({
    async authenticate() {
      const first = `n,,${separator}auth=Bearer ${await token()}${separator}${separator}`;
      const refusal = await saslAuthenticate({ request: bytesOf(first), response });
      if (refusal && refusal.length > 0) await saslAuthenticate({ request: bytesOf(separator), response });
    },
  });
}

/** Bytes behind their length, as the protocol of Kafka has them. */
function bytesOf(text: string): SaslAuthenticationRequest {
  const bytes = Buffer.from(text);
  const length = Buffer.alloc(4);
  length.writeInt32BE(bytes.length);
  return { encode: () => Buffer.concat([length, bytes]) };
}

const response = {
  decode: async (raw: Buffer) => raw.subarray(4),
  parse: (bytes: Buffer) => bytes,
};

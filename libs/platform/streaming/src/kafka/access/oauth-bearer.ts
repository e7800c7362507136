import type { AuthenticationProviderArgs, Authenticator, SaslAuthenticationRequest } from 'kafkajs';

/** Ends a message, and is the whole response to a refusal (RFC 7628, sections 3.1 and 3.2.3). */
const separator = '\u0001';

/**
 * The mechanism OAUTHBEARER. The implementation of kafkajs mistakes a refusal of the broker for success: the refusal is a response with a body,
 * and only the next step of the exchange fails.
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

/** The length of the bytes (int32), then the bytes, as in the Kafka protocol. */
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

import type { Keys } from './keys.ts';

/** The text that is printed after the start: the address, the keys, and three commands to copy. */
export function welcome(url: string, { writeKey, apiKey }: Keys): string {
  return `
Sestante listens on ${url}

  write key   ${writeKey}
  API key     ${apiKey}
  console     ${url}/console (sign in with the API key)

Try it:

  1. Send an event: a promise to a customer was broken.
     curl -s ${url}/v1/track -u ${writeKey}: -d '{"userId":"ada","event":"Promise Broken","context":{"channel":"web"}}'

  2. Find the customer and read the six scores of the relationship:
     id=$(curl -s '${url}/api/v1/customers?kind=user_id&value=ada' -H 'authorization: Bearer ${apiKey}' | sed 's/.*"customerId":"\\([^"]*\\)".*/\\1/')
     curl -s ${url}/api/v1/customers/$id/scores -H 'authorization: Bearer ${apiKey}'

  3. Read the customer's offers with their reasons:
     curl -s ${url}/api/v1/customers/$id/offers -H 'authorization: Bearer ${apiKey}'

To simulate a whole shop, run in a second terminal:  npm run demo

`;
}

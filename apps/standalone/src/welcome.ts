import type { Keys } from './keys.ts';

/** What the first minute needs: where it listens, the keys, and three commands that work as they are. */
export function welcome(url: string, { writeKey, apiKey }: Keys): string {
  return `
Sestante listens on ${url}

  write key   ${writeKey}
  API key     ${apiKey}

Try it:

  1. A customer meets a broken promise:
     curl -s ${url}/v1/track -u ${writeKey}: -d '{"userId":"ada","event":"Promise Broken","context":{"channel":"web"}}'

  2. Who is it, and how does the relationship stand?
     id=$(curl -s '${url}/api/v1/customers?kind=user_id&value=ada' -H 'authorization: Bearer ${apiKey}' | sed 's/.*"customerId":"\\([^"]*\\)".*/\\1/')
     curl -s ${url}/api/v1/customers/$id/scores -H 'authorization: Bearer ${apiKey}'

  3. What was offered, and why?
     curl -s ${url}/api/v1/customers/$id/offers -H 'authorization: Bearer ${apiKey}'

Or let a whole shop come alive, in a second terminal:  npm run demo

`;
}

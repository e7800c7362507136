import { Fault } from './fault.ts';
import { Unreachable, request } from './request.ts';

/** Throws `Fault` if the server is unreachable at the start of a tool. */
export async function ensureReachable(url: string): Promise<void> {
  await request(`${url}/health/live`).catch((error: unknown) => {
    if (!(error instanceof Unreachable)) throw error;
    throw new Fault(`Sestante is unreachable at ${url} (${error.message}). Start it in another terminal: npm start`);
  });
}

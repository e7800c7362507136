import { Fault } from './fault.ts';
import { Away, request } from './request.ts';

/** Throws `Fault` where nobody answers: somebody who was never there is not waited for. */
export async function ensureThere(url: string): Promise<void> {
  await request(`${url}/health/live`).catch((error: unknown) => {
    if (!(error instanceof Away)) throw error;
    throw new Fault(`No Sestante answers at ${url} (${error.message}). Start it in another terminal: npm start`);
  });
}

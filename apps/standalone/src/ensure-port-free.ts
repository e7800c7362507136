import { createServer } from 'node:net';

/** Rejects with EADDRINUSE if the port is in use, before anything is started. */
export function ensurePortFree(port: number, host: string): Promise<void> {
  return new Promise((resolve, reject) => {
    const probe = createServer().once('error', reject);
    probe.listen(port, host, () => probe.close(() => resolve()));
  });
}

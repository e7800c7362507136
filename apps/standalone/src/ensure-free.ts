import { createServer } from 'node:net';

/** Rejects with EADDRINUSE before anything is started, when the port is taken. */
export function ensureFree(port: number, host: string): Promise<void> {
  return new Promise((resolve, reject) => {
    const probe = createServer().once('error', reject);
    probe.listen(port, host, () => probe.close(() => resolve()));
  });
}

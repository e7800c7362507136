import { totalmem } from 'node:os';

const megabyte = 1024 * 1024;
const [minMegabytes, maxMegabytes] = [64, 1024];

/** The size of the server's page cache for a machine with this memory: a quarter of it, from 64 MB to 1 GB. */
export function sharedBuffersFor(memoryBytes: number): string {
  const quarter = Math.floor(memoryBytes / 4 / megabyte);
  return `${Math.min(maxMegabytes, Math.max(minMegabytes, quarter))}MB`;
}

/** The memory of the machine, or the limit of the container (cgroup) if that is smaller. Zero means that no limit is known. */
export function usableMemory(machineBytes = totalmem(), limitBytes = process.constrainedMemory()): number {
  return limitBytes > 0 ? Math.min(machineBytes, limitBytes) : machineBytes;
}

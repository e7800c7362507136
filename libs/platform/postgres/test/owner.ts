import { startCluster } from '../src/embedded/cluster.ts';

/** A process that owns a cluster on a folder, to be killed by a test. */
const [folder, password] = process.argv.slice(2);
const cluster = await startCluster({ folder: folder!, password: password! });
process.send?.({ url: cluster.url, pid: cluster.pid() });
setInterval(() => undefined, 60_000);

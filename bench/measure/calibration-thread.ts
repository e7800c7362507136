import { parentPort } from 'node:worker_threads';

const intervalMs = 400;
const warmUps = 100;
const nothing = new Int32Array(new SharedArrayBuffer(4));

const document = JSON.stringify(
  Array.from({ length: 40 }, (_, i) => ({
    id: `id-${i}`,
    name: 'order.completed',
    value: i * 1.5,
    list: [i, i + 1, 'x'],
    nested: { a: true, b: null, c: 'text text text' },
  })),
);

/** The CPU time of the fixed piece of work, in microseconds. Any change of the work makes figures incomparable with earlier reports. */
function work(): number {
  const before = cpuMicros();
  let length = 0;
  for (let n = 0; n < 150; n += 1) length += JSON.stringify(JSON.parse(document)).length;
  if (length === 0) throw new Error('The work must not be optimised away.');
  return cpuMicros() - before;
}

/** The CPU time of this thread. The kernel adds the running time when it switches threads, so the thread sleeps first. */
function cpuMicros(): number {
  Atomics.wait(nothing, 0, 0, 1);
  const { user, system } = process.threadCpuUsage();
  return user + system;
}

const port = parentPort!;
for (let n = 0; n < warmUps; n += 1) work();
port.postMessage(work());

let timer: NodeJS.Timeout | undefined;
port.on('message', (isOn: boolean) => {
  clearInterval(timer);
  if (!isOn) return;
  port.postMessage(work());
  timer = setInterval(() => port.postMessage(work()), intervalMs);
});

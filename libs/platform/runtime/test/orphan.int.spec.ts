import { expect, jest, test } from '@jest/globals';
import { spawn } from 'node:child_process';
import { once } from 'node:events';

jest.setTimeout(20_000);

/** Prints that it has started, waits for its end, and prints the cause. */
const program = `
  const { stopOnSignals } = await import('@sestante/runtime');
  stopOnSignals(async () => console.log('stopped'));
  setTimeout(() => process.exit(), 5_000);
  console.log('ready');
`;

/** The output of the program when the shell between npm and it is killed. */
async function outputAfterTheShell(environment: Record<string, string>): Promise<string> {
  const shell = spawn('sh', ['-c', '"$NODE" --input-type=module -e "$PROGRAM"; true'], {
    cwd: import.meta.dirname,
    env: { NODE: process.execPath, PROGRAM: program, ...environment },
    stdio: ['ignore', 'pipe', 'ignore'],
  });
  let output = '';
  shell.stdout.on('data', (chunk: Buffer) => {
    output += chunk.toString();
    if (output === 'ready\n') shell.kill('SIGTERM');
  });
  await once(shell.stdout, 'end');
  return output;
}

test('a process started by npm stops when the shell between them, which forwards no signal, has ended', async () => {
  expect(await outputAfterTheShell({ npm_lifecycle_event: 'start' })).toBe('ready\nstopped\n');
});

test('another process may outlive its parent', async () => {
  expect(await outputAfterTheShell({})).toBe('ready\n');
});

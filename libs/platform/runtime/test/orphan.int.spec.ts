import { expect, jest, test } from '@jest/globals';
import { spawn } from 'node:child_process';
import { once } from 'node:events';

jest.setTimeout(20_000);

/** Says that it is there, waits for its end, and says how it came. */
const program = `
  const { stopOnSignals } = await import('@sestante/runtime');
  stopOnSignals(async () => console.log('stopped'));
  setTimeout(() => process.exit(), 5_000);
  console.log('ready');
`;

/** What the program says when the shell between npm and it is ended. */
async function saidAfterTheShell(environment: Record<string, string>): Promise<string> {
  const shell = spawn('sh', ['-c', '"$NODE" --input-type=module -e "$PROGRAM"; true'], {
    cwd: import.meta.dirname,
    env: { NODE: process.execPath, PROGRAM: program, ...environment },
    stdio: ['ignore', 'pipe', 'ignore'],
  });
  let said = '';
  shell.stdout.on('data', (chunk: Buffer) => {
    said += chunk.toString();
    if (said === 'ready\n') shell.kill('SIGTERM');
  });
  await once(shell.stdout, 'end');
  return said;
}

test('a process that npm has started stops when the shell between them is gone, which passes no signal on', async () => {
  expect(await saidAfterTheShell({ npm_lifecycle_event: 'start' })).toBe('ready\nstopped\n');
});

test('any other may outlive its parent', async () => {
  expect(await saidAfterTheShell({})).toBe('ready\n');
});

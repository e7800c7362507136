/** An error that the user can fix. A tool prints only its message and ends. */
export class Fault extends Error {
  override readonly name = 'Fault';
}

/** Ends a tool with exit code 1. Prints the message of a `Fault`, and all details of any other error. */
export function endWith(error: unknown): void {
  console.error(error instanceof Fault ? error.message : error);
  process.exitCode = 1;
}

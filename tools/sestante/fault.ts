/** Something that the user can put right. Its message is the one line that a tool ends with. */
export class Fault extends Error {
  override readonly name = 'Fault';
}

/** Ends a tool: a fault in one line, anything unforeseen with all that is known of it. The exit code is 1. */
export function endWith(error: unknown): void {
  console.error(error instanceof Fault ? error.message : error);
  process.exitCode = 1;
}

/** Another process has written what this one was about to write. Whoever looks again finds it. */
export class Race extends Error {
  readonly code = 'race';
  readonly retriable = true;
  constructor(what: string) {
    super(`Another process has written ${what} at the same moment.`);
    this.name = 'Race';
  }
}

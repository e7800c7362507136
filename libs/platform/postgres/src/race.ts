/** Another process has written the same data at the same time. A retry finds it. */
export class Race extends Error {
  readonly code = 'race';
  readonly retriable = true;
  constructor(what: string) {
    super(`Another process has written ${what} at the same time.`);
    this.name = 'Race';
  }
}

/** The size of requests and the number of connections. */
export interface Shape {
  readonly eachRequest: number;
  /** Enough to keep the server busy. */
  readonly connections: number;
}

export const shapes = {
  single: { eachRequest: 1, connections: 64 },
  batched: { eachRequest: 20, connections: 16 },
} as const satisfies Record<string, Shape>;

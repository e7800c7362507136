/** How requests come. */
export interface Shape {
  readonly eachRequest: number;
  /** Enough that the server always has something to do. */
  readonly connections: number;
}

export const shapes = {
  single: { eachRequest: 1, connections: 64 },
  batched: { eachRequest: 20, connections: 16 },
} as const satisfies Record<string, Shape>;

import type { DynamicModule, Type } from '@nestjs/common';
import { RuntimeModule, type Surroundings } from './runtime.module.ts';

/** The module of a process that hosts these services. */
export function rootOf(services: readonly Type[], surroundings: Surroundings): DynamicModule {
  class Process {}
  return { module: Process, imports: [RuntimeModule.for(surroundings), ...services] };
}

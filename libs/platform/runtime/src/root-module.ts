import type { DynamicModule, Type } from '@nestjs/common';
import { RuntimeModule, type RuntimeOptions } from './runtime.module.ts';

/** The root module of a process that hosts these services. */
export function rootModule(services: readonly Type[], surroundings: RuntimeOptions): DynamicModule {
  class Process {}
  return { module: Process, imports: [RuntimeModule.for(surroundings), ...services] };
}

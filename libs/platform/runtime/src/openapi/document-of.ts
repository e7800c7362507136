import type { Type } from '@nestjs/common';
import { RuntimeModule } from '../runtime.module.ts';
import { type Document, openapi } from './document.ts';

/** The document of a process that hosts these services, without starting one. */
export function documentOf(...services: readonly Type[]): Document {
  return openapi([...services, RuntimeModule]);
}

import { type ArgumentMetadata, Injectable, type PipeTransform } from '@nestjs/common';
import { Problem } from './problem.ts';

/** How deep a body may nest objects and arrays where its shape is checked; the body itself is level 1. */
const deepestLevel = 32;

/** Refuses bodies that nest so deeply that the check of their shape, which goes down by calling itself, would not come back. */
@Injectable()
export class ShallowBodies implements PipeTransform {
  transform(value: unknown, { type, metatype }: ArgumentMetadata): unknown {
    const isChecked = type === 'body' && metatype !== undefined && metatype !== Object;
    if (isChecked && !isShallow(value))
      throw new Problem(400, 'bad-request', `The body nests deeper than ${deepestLevel} levels.`);
    return value;
  }
}

function isShallow(value: unknown): boolean {
  let level: readonly object[] = [value].filter(isObject);
  for (let depth = 1; level.length > 0; depth += 1) {
    if (depth > deepestLevel) return false;
    level = level.flatMap((inner) => (Object.values(inner) as unknown[]).filter(isObject));
  }
  return true;
}

const isObject = (value: unknown): value is object => typeof value === 'object' && value !== null;

import { type ArgumentMetadata, Injectable, type PipeTransform } from '@nestjs/common';
import { Problem } from './problem.ts';

/** How deep a validated body may nest objects and arrays; the body itself is level 1. */
const deepestLevel = 32;

/** Refuses bodies that are nested so deeply that the recursive validation would overflow the stack. */
@Injectable()
export class BodyDepthLimit implements PipeTransform {
  transform(value: unknown, { type, metatype }: ArgumentMetadata): unknown {
    const isChecked = type === 'body' && metatype !== undefined && metatype !== Object;
    if (isChecked && !isShallow(value))
      throw new Problem(400, 'bad-request', `The body is nested deeper than ${deepestLevel} levels.`);
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

import type { Type } from '@nestjs/common';
import { PARAMTYPES_METADATA, ROUTE_ARGS_METADATA } from '@nestjs/common/constants.js';
import { RouteParamtypes } from '@nestjs/common/enums/route-paramtypes.enum.js';

/** What a handler takes of a request. */
export interface HandlerArgument {
  readonly kind: 'body' | 'query' | 'path' | 'header';
  /** Of the one parameter that it takes; undefined where it takes all of them. */
  readonly name: string | undefined;
  /** The request class; undefined where it is none, or one parameter. */
  readonly type: Type | undefined;
  readonly pipes: readonly object[];
}

const kinds: Readonly<Record<number, HandlerArgument['kind']>> = {
  [RouteParamtypes.BODY]: 'body',
  [RouteParamtypes.QUERY]: 'query',
  [RouteParamtypes.PARAM]: 'path',
  [RouteParamtypes.HEADERS]: 'header',
};

interface Declared {
  readonly index: number;
  readonly data?: unknown;
  readonly pipes: readonly object[];
}

export function argumentsOf(controller: Type, handler: string): readonly HandlerArgument[] {
  const declared = (Reflect.getMetadata(ROUTE_ARGS_METADATA, controller, handler) ?? {}) as Record<string, Declared>;
  const types = (Reflect.getMetadata(PARAMTYPES_METADATA, controller.prototype as object, handler) ?? []) as Type[];
  return Object.entries(declared)
    .sort(([, one], [, other]) => one.index - other.index)
    .flatMap(([key, { index, data, pipes }]) => {
      const kind = kinds[Number.parseInt(key, 10)];
      const name = typeof data === 'string' ? data : undefined;
      return kind ? [{ kind, name, type: name === undefined ? classIn(types[index]) : undefined, pipes }] : [];
    });
}

/** What TypeScript writes down for everything that is no class. */
const noClasses: readonly unknown[] = [Object, String, Number, Boolean, Array, undefined];

function classIn(type: Type | undefined): Type | undefined {
  return noClasses.includes(type) ? undefined : type;
}

import { type DynamicModule, RequestMethod, type Type } from '@nestjs/common';
import {
  HEADERS_METADATA,
  HTTP_CODE_METADATA,
  METHOD_METADATA,
  MODULE_METADATA,
  PATH_METADATA,
} from '@nestjs/common/constants.js';
import { type Access, accessKey } from '../auth/access.ts';
import { argumentsOf, type HandlerArgument } from './handler-arguments.ts';
import { type Failure, failuresKey, type Told, toldKey } from './says.ts';

/** One way to ask for something over HTTP, as its controller declares it. */
export interface Route {
  readonly controller: string;
  readonly method: 'get' | 'post' | 'put' | 'patch' | 'delete';
  /** With its parameters in braces, such as `/api/v1/sources/{id}`. */
  readonly path: string;
  readonly access: Access | undefined;
  readonly told: Told | undefined;
  readonly failures: readonly Failure[];
  readonly arguments: readonly HandlerArgument[];
  readonly status: number;
  readonly contentType: string | undefined;
}

/** All HTTP routes of the modules and of what they import. */
export function routesOf(modules: readonly Type[]): readonly Route[] {
  return controllersOf(modules).flatMap((controller) =>
    Object.getOwnPropertyNames(controller.prototype)
      .filter((name) => name !== 'constructor' && Reflect.hasMetadata(PATH_METADATA, handlerOf(controller, name)))
      .flatMap((name) => routesOfHandler(controller, name)),
  );
}

function controllersOf(modules: readonly (Type | DynamicModule)[]): Type[] {
  const found = modules.flatMap((module): Type[] => {
    const { module: type, controllers = [], imports = [] } = 'module' in module ? module : { module };
    const declared = <T>(kind: string) => (Reflect.getMetadata(kind, type) ?? []) as T[];
    const inner = [...declared<DynamicModule>(MODULE_METADATA.IMPORTS), ...(imports as DynamicModule[])];
    return [...declared<Type>(MODULE_METADATA.CONTROLLERS), ...controllers, ...controllersOf(inner)];
  });
  return [...new Set(found)];
}

function routesOfHandler(controller: Type, name: string): Route[] {
  const handler = handlerOf(controller, name);
  const read = <T>(key: string, on: object = handler) => Reflect.getMetadata(key, on) as T | undefined;
  const either = <T>(key: string) => read<T>(key) ?? read<T>(key, controller);
  const headers = read<readonly { name: string; value: string }[]>(HEADERS_METADATA) ?? [];
  const method = RequestMethod[read<RequestMethod>(METHOD_METADATA)!].toLowerCase() as Route['method'];
  const [before, after] = [controller, handler].map((on) => [read<string | string[]>(PATH_METADATA, on) ?? ''].flat());
  const route = {
    controller: controller.name,
    method,
    access: either<Access>(accessKey),
    told: read<Told>(toldKey),
    failures: [...(read<Failure[]>(failuresKey, controller) ?? []), ...(read<Failure[]>(failuresKey) ?? [])],
    arguments: argumentsOf(controller, name),
    status: read<number>(HTTP_CODE_METADATA) ?? (method === 'post' ? 201 : 200),
    contentType: headers.find((header) => header.name === 'content-type')?.value.split(';')[0],
  };
  return before!.flatMap((prefix) => after!.map((suffix) => ({ ...route, path: joined(prefix, suffix) })));
}

/** `api/v1/sources` and `:id` are `/api/v1/sources/{id}`. */
function joined(...parts: readonly string[]): string {
  const path = parts
    .flatMap((part) => part.split('/'))
    .filter(Boolean)
    .join('/');
  return `/${path}`.replaceAll(/:(\w+)/g, '{$1}');
}

function handlerOf(controller: Type, name: string): object {
  return (controller.prototype as Record<string, object>)[name]!;
}

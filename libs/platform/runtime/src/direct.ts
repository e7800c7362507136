import type { Type } from '@nestjs/common';
import { ROUTE_ARGS_METADATA } from '@nestjs/common/constants.js';
import { RouteParamtypes } from '@nestjs/common/enums/route-paramtypes.enum.js';
import { type NestFastifyApplication, RouteConfig } from '@nestjs/platform-fastify';
import type { FastifyInstance, FastifyRequest, RouteOptions } from 'fastify';
import { type Access, accessKey } from './access/access.ts';
import type { ProblemSender } from './http/problem-sender.ts';

interface DirectRoute {
  readonly controller: Type<Record<string, (...args: unknown[]) => unknown>>;
  readonly method: string;
}

/**
 * For routes where latency matters most: Fastify calls the method with its decorated parameters, without Nest's guards, pipes and
 * interceptors, which cost as much as Fastify itself. The route must be `@Public`, and responds with 200.
 */
export function Direct(): MethodDecorator {
  return (target, method, descriptor) => {
    const direct = { controller: target.constructor, method };
    RouteConfig({ direct })(target, method, descriptor);
  };
}

/** Lets Fastify call the methods that are `@Direct`. Call it before the routes are registered. */
export function callDirectly(app: NestFastifyApplication, problems: ProblemSender): void {
  const fastify = app.getHttpAdapter().getInstance() as FastifyInstance;
  fastify.addHook('onRoute', (route: RouteOptions) => {
    const { direct } = (route.config ?? {}) as { direct?: DirectRoute };
    if (!direct) return;
    const { controller: type, method } = direct;
    if (!isPublic(direct))
      throw new Error(`${type.name}.${method} is @Direct, so no guard protects it: declare it as @Public.`);
    const controller = app.get(type, { strict: false });
    const readers = readersOf(direct);
    route.handler = (request) => controller[method]!(...readers.map((read) => read(request)));
    route.errorHandler = (error, _request, reply) => problems.send(error, reply);
  });
}

function isPublic({ controller, method }: DirectRoute): boolean {
  const handler = (controller.prototype as Record<string, object>)[method]!;
  const access = Reflect.getMetadata(accessKey, handler) ?? Reflect.getMetadata(accessKey, controller);
  return (access as Access | undefined)?.kind === 'public';
}

type Read = (request: FastifyRequest) => unknown;
type Named = Readonly<Record<string, unknown>>;

/** How each parameter of the method is read, in their order. */
function readersOf({ controller, method }: DirectRoute): readonly Read[] {
  const declared = (Reflect.getMetadata(ROUTE_ARGS_METADATA, controller, method) ?? {}) as Record<
    string,
    { readonly index: number; readonly data?: string }
  >;
  return Object.entries(declared)
    .sort(([, one], [, other]) => one.index - other.index)
    .map(([key, { data }]) => readerOf(Number.parseInt(key, 10), data));
}

function readerOf(kind: RouteParamtypes, name = ''): Read {
  if (kind === RouteParamtypes.REQUEST) return (request) => request;
  if (kind === RouteParamtypes.BODY) return ({ body }) => body;
  if (kind === RouteParamtypes.PARAM) return ({ params }) => (params as Named)[name];
  if (kind === RouteParamtypes.QUERY) return ({ query }) => (query as Named)[name];
  throw new Error('A @Direct method may use only @Req, @Body, @Param and @Query parameters.');
}

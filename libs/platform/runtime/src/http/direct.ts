import { RouteConfig, type NestFastifyApplication } from '@nestjs/platform-fastify';
import type { Type } from '@nestjs/common';
import type { FastifyInstance, FastifyRequest, RouteOptions } from 'fastify';
import { type Access, accessKey } from '../auth/access.ts';
import type { ProblemAnswers } from './problem-answers.ts';

type Method = (request: FastifyRequest) => Promise<unknown>;

interface DirectRoute {
  readonly controller: Type<Record<string, Method>>;
  readonly method: string;
}

/**
 * For routes on which every microsecond counts: the method is called with the request, and nothing else, without Nest's guards, pipes and
 * interceptors, which cost as much as Fastify does. It has to be `@Open`, answers 200, and declares its path as every route does.
 */
export function Direct() {
  return <A extends [] | [FastifyRequest], R>(
    target: object,
    method: string,
    descriptor: TypedPropertyDescriptor<(...request: A) => Promise<R>>,
  ): void => {
    const direct: DirectRoute = { controller: target.constructor as DirectRoute['controller'], method };
    RouteConfig({ direct })(target, method, descriptor);
  };
}

/** Lets Fastify call the methods that are `@Direct`. Before the routes are registered. */
export function callDirectly(app: NestFastifyApplication, problems: ProblemAnswers): void {
  const fastify = app.getHttpAdapter().getInstance() as FastifyInstance;
  fastify.addHook('onRoute', (route: RouteOptions) => {
    const { direct } = (route.config ?? {}) as { direct?: DirectRoute };
    if (!direct) return;
    const { controller: type, method } = direct;
    if (!isOpen(type, method))
      throw new Error(`${type.name}.${method} is direct, where no guard stands: it must be open.`);
    const controller = app.get(type, { strict: false });
    route.handler = (request) => controller[method]!(request);
    route.errorHandler = (error, _request, reply) => problems.send(error, reply);
  });
}

function isOpen(type: Type, method: string): boolean {
  const prototype = type.prototype as Record<string, object>;
  const access = (Reflect.getMetadata(accessKey, prototype[method]!) ?? Reflect.getMetadata(accessKey, type)) as
    Access | undefined;
  return access?.kind === 'open';
}

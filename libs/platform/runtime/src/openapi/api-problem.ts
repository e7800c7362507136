import { METHOD_METADATA } from '@nestjs/common/constants.js';
import { DECORATORS } from '@nestjs/swagger';
import { type ProblemResponse, problemResponse } from './problem-response.ts';

type Responses = Readonly<Record<string, Partial<ProblemResponse>>>;

/** Documents problems of a route, or of every route of a controller, by their codes. It may be repeated, also for one status. */
export function ApiProblem(status: number, ...codes: string[]): ClassDecorator & MethodDecorator {
  return (target: object, _key?: string | symbol, descriptor?: PropertyDescriptor) => {
    for (const handler of descriptor ? [descriptor.value as object] : handlersOf(target)) {
      const responses = (Reflect.getMetadata(DECORATORS.API_RESPONSE, handler) ?? {}) as Responses;
      const response = problemResponse(status, codes, responses[status]);
      Reflect.defineMetadata(DECORATORS.API_RESPONSE, { ...responses, [status]: response }, handler);
    }
  };
}

function handlersOf(controller: object): object[] {
  const { prototype } = controller as { prototype: object };
  return Object.values(Object.getOwnPropertyDescriptors(prototype))
    .map(({ value }) => value as object)
    .filter((value) => typeof value === 'function' && Reflect.hasMetadata(METHOD_METADATA, value));
}

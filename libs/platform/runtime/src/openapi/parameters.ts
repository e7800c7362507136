import { ParseUUIDPipe } from '@nestjs/common';
import type { HandlerArgument } from './handler-arguments.ts';
import { requestSchema } from './request-schema.ts';
import type { Route } from './routes.ts';
import type { Schema } from './says.ts';
import { securitySchemes } from './security.ts';

/** A parameter object of OpenAPI. */
export interface Parameter {
  readonly name: string;
  readonly in: 'path' | 'query' | 'header';
  readonly required: boolean;
  readonly schema: Schema;
}

/** What a route takes beside its body, and beside what proves who asks. */
export function parametersOf(route: Route): readonly Parameter[] {
  const parameters = route.arguments.flatMap((argument) => {
    if (argument.kind === 'body') return [];
    return argument.type ? ofClass(argument.kind, argument.type) : ofOne(argument.kind, argument, route);
  });
  return parameters.filter(
    (parameter) => parameter.in !== 'query' || parameter.name !== securitySchemes.writeKeyQuery.name,
  );
}

function ofClass(place: Parameter['in'], type: NonNullable<HandlerArgument['type']>): Parameter[] {
  const { properties, required = [] } = requestSchema(type);
  return Object.entries(properties).map(([name, schema]) => ({
    name,
    in: place,
    required: place === 'path' || required.includes(name),
    schema: withoutNull(schema),
  }));
}

/** Nothing in an address is null. */
function withoutNull(schema: Schema & { anyOf?: readonly Schema[] }): Schema {
  const { anyOf, ...rest } = schema;
  return anyOf ? { ...anyOf[0], ...rest } : schema;
}

function ofOne(place: Parameter['in'], { name, pipes }: HandlerArgument, { access, told }: Route): Parameter[] {
  if (name === undefined) return [];
  const schema = told?.parameters?.[name] ?? (pipes.some(isForIds) ? uuid : { type: 'string' });
  const mayBeMe = access?.kind === 'keys' && access.customer && name === 'id';
  return [
    {
      name,
      in: place,
      required: place === 'path',
      schema: mayBeMe ? { anyOf: [schema, { const: 'me' }] } : schema,
    },
  ];
}

const uuid: Schema = { type: 'string', format: 'uuid' };
const isForIds = (pipe: object) => pipe === ParseUUIDPipe || pipe instanceof ParseUUIDPipe;

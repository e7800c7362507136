import { SetMetadata } from '@nestjs/common';

/** JSON Schema, of TypeBox or by hand. What has an `$id` stands once in the document, under that name. */
export type Schema = object;

/** What the document tells of a route and its code does not. */
export interface Told {
  /** One sentence. */
  readonly summary: string;
  /** The body, where no request class has its shape. */
  readonly takes?: Schema;
  /** Bodies of other content types than JSON, which have shapes of their own. */
  readonly takesToo?: Readonly<Record<string, Schema>>;
  /** A body that is taken. */
  readonly example?: unknown;
  /** The body of the answer. Without it the answer has none. */
  readonly answers?: Schema;
  /** Its content type, where neither the route's header nor JSON tells it. */
  readonly as?: string;
  /** Answers of other statuses that are no problem details: their bodies, null for none. */
  readonly also?: Readonly<Record<number, Schema | null>>;
  /** Parameters of the address and headers, where neither a pipe nor a class tells what they may be. */
  readonly parameters?: Readonly<Record<string, Schema>>;
}

export const toldKey = 'sestante:told';

/** Says in one sentence what the route does, and what it takes and answers. Required on every route. */
export const Says = (summary: string, told: Omit<Told, 'summary'> = {}) =>
  SetMetadata(toldKey, { summary, ...told } satisfies Told);

/** Codes of problems that the route may answer with a status, beside those that any route like it may. */
export interface Failure {
  readonly status: number;
  readonly codes: readonly string[];
}

export const failuresKey = 'sestante:failures';

/** Names problems of the route, or of all routes of the controller; may be repeated. */
export function Fails(status: number, ...codes: string[]): ClassDecorator & MethodDecorator {
  return (target: object, _key?: string | symbol, descriptor?: PropertyDescriptor) => {
    const on = (descriptor?.value ?? target) as object;
    const before = (Reflect.getOwnMetadata(failuresKey, on) ?? []) as readonly Failure[];
    Reflect.defineMetadata(failuresKey, [{ status, codes }, ...before] satisfies Failure[], on);
  };
}

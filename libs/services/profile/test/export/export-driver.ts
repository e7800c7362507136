import { type ExportingService, type ExportPart, seal, topics } from '@sestante/contracts';
import { eventually } from '@sestante/streaming/testing';
import { v4 as uuidv4 } from 'uuid';
import type { Service } from '../service.ts';

/** The services whose parts the tests send. */
export const otherServices = ['ingest', 'scoring', 'offers'] as const satisfies readonly ExportingService[];

export interface Progress {
  readonly status: string;
  readonly services: Readonly<Record<ExportingService, 'waiting' | 'done'>>;
  readonly customerId: string;
  readonly size: number | null;
  readonly file: string | null;
}

let offset = 0;

/** A part of an export. By default, it is all that offers has: one offer. */
export function aPart(over: Partial<ExportPart> = {}): ExportPart {
  return {
    exportId: uuidv4(),
    service: 'offers',
    attemptId: uuidv4(),
    part: 0,
    isLast: true,
    asOf: new Date(Date.UTC(2026, 10, 20, 12, 0, ++offset)).toISOString(),
    file: 'offers',
    items: [{ title: 'We are sorry' }],
    ...over,
  };
}

const toMessage = (data: ExportPart) =>
  seal(topics.exportParts, { event: 'ExportPart', id: `${data.attemptId}:${data.part}`, key: data.exportId, data });

/** The exports of a service under test. */
export function exportsOf(service: () => Service) {
  const progress = async (exportId: string, credential?: string): Promise<Progress> =>
    (await service().get(`/api/v1/exports/${exportId}`, credential)).body as Progress;
  const send = (...parts: ExportPart[]) => service().handled(topics.exportParts.name, parts.map(toMessage));
  /** Asks for an export, at least an hour after the one before: only some are allowed within an hour. */
  const request = async (customerId: string, credential?: string): Promise<string> => {
    await service().query(`update profile.export set requested_at = requested_at - interval '1 hour'`);
    const { status, body } = await service().post(`/api/v1/customers/${customerId}/exports`, undefined, credential);
    if (status !== 202) throw new Error(`The request was answered with ${status}: ${JSON.stringify(body)}`);
    return body.exportId as string;
  };
  return {
    request,
    progress,
    send,
    tokenOf: async (customerId: string) =>
      (await service().post('/api/v1/customer-tokens', { customerId })).body.token as string,
    /** Waits until the service has added what it stores itself. */
    untilOwn: (exportId: string, credential?: string) =>
      eventually(async () => {
        const { services } = await progress(exportId, credential);
        if (services.profile !== 'done') throw new Error('The service has not added its own files yet.');
      }),
    /** Sends what other services have. */
    answer: (exportId: string, services: readonly ExportingService[] = otherServices) =>
      send(
        ...services.map((one) => aPart({ exportId, service: one, file: one === 'offers' ? 'offers' : one, items: [] })),
      ),
  };
}

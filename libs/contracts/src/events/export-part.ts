import { type Static, Type } from 'typebox';
import { eventType } from '../topic.ts';
import { Id } from './shapes.ts';

/** The services that have data about customers. */
export const exportingServices = ['profile', 'ingest', 'scoring', 'offers'] as const;
export type ExportingService = (typeof exportingServices)[number];

const schema = Type.Object(
  {
    exportId: Id,
    service: Type.Enum([...exportingServices]),
    attemptId: Type.String({
      format: 'uuid',
      description:
        'A service that was interrupted starts again with another id. The parts of one attempt belong together.',
    }),
    part: Type.Integer({ minimum: 0, description: 'The position among the parts of the attempt.' }),
    isLast: Type.Boolean({ description: 'Whether the service has no more parts.' }),
    asOf: Type.String({
      format: 'date-time',
      description: 'The file has what the service had processed at this instant.',
    }),
    file: Type.String({ pattern: '^[a-z]+$', description: 'The file that the items belong to, such as `offers`.' }),
    items: Type.Array(Type.Unknown(), { description: 'The next items of the file, as JSON.' }),
  },
  { $id: 'export-part.v1' },
);

export type ExportPart = Static<typeof schema>;

export const exportPart = eventType({
  type: 'engagement.export.part.v1',
  description: 'A part of what a service stores about a customer who asked for it.',
  schema,
  example: {
    exportId: '0199c0de-0000-7000-8000-00000000e001',
    service: 'offers',
    attemptId: '5f0c1c0e-6f59-5c3c-9d37-0f7f5f3c7a09',
    part: 0,
    isLast: false,
    asOf: '2026-11-20T10:00:01.000Z',
    file: 'offers',
    items: [{ offerId: '5f0c1c0e-6f59-5c3c-9d37-0f7f5f3c7a02', title: 'We are sorry', status: 'seen' }],
  },
});

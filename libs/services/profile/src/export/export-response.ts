import { type ExportingService, exportingServices, Instant } from '@sestante/contracts';
import { type Static, Type } from 'typebox';
import type { StoredExport } from './exports.ts';

const Id = Type.String({ format: 'uuid' });

export const RequestedExport = Type.Object({ exportId: Id }, { $id: 'RequestedExport' });
export type RequestedExport = Static<typeof RequestedExport>;

export const exportStatuses = ['collecting', 'ready', 'expired', 'cancelled'] as const;
export type ExportStatus = (typeof exportStatuses)[number];

const Progress = Type.Enum(['waiting', 'done']);

/** How far an export is. */
export const ExportResponse = Type.Object(
  {
    exportId: Id,
    customerId: Id,
    status: Type.Enum([...exportStatuses], {
      description:
        '`collecting`: a service has not sent all of its files. `ready`: it can be downloaded. `expired`: its files are removed. `cancelled`: somebody has cancelled it, or an identifier joined or left the customer while it was collected, or the identifiers do not belong to one customer any more.',
    }),
    services: Type.Object({ profile: Progress, ingest: Progress, scoring: Progress, offers: Progress }),
    requestedAt: Instant,
    expiresAt: Type.String({ format: 'date-time', description: 'When the files are removed.' }),
    size: Type.Union([Type.Integer({ minimum: 0 }), Type.Null()], {
      description: 'The bytes of JSON; a ZIP is smaller. Null if there is no file.',
    }),
    file: Type.Union([Type.String(), Type.Null()], { description: 'The path of the file; null if it is not ready.' }),
  },
  { $id: 'Export' },
);
export type ExportResponse = Static<typeof ExportResponse>;

export function statusOf({ isCancelled, isExpired, asOf }: StoredExport): ExportStatus {
  if (isCancelled) return 'cancelled';
  if (isExpired) return 'expired';
  return asOf.size === exportingServices.length ? 'ready' : 'collecting';
}

export function toExportResponse(stored: StoredExport): ExportResponse {
  const { exportId, customerId, requestedAt, expiresAt, asOf, size } = stored;
  const status = statusOf(stored);
  const progress = (service: ExportingService) => (asOf.has(service) ? 'done' : 'waiting');
  return {
    exportId,
    customerId,
    status,
    services: {
      profile: progress('profile'),
      ingest: progress('ingest'),
      scoring: progress('scoring'),
      offers: progress('offers'),
    },
    requestedAt: requestedAt.toISOString(),
    expiresAt: expiresAt.toISOString(),
    size: status === 'ready' ? size : null,
    file: status === 'ready' ? `/api/v1/exports/${exportId}/file` : null,
  };
}

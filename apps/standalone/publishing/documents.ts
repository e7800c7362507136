import { IngestModule } from '@sestante/ingest';
import { OffersModule } from '@sestante/offers';
import { ProfileModule } from '@sestante/profile';
import { type Document, documentOf } from '@sestante/runtime/openapi';
import { ScoringModule } from '@sestante/scoring';
import { join } from 'node:path';
import { format } from 'prettier';

/** The OpenAPI document of each service. It includes the routes that every process has. */
export const documents: Readonly<Record<string, Document>> = {
  ingest: await documentOf(IngestModule),
  profile: await documentOf(ProfileModule),
  scoring: await documentOf(ScoringModule),
  offers: await documentOf(OffersModule),
};

/** The document of all services: of `npm start` and of the gateway. */
export const documentOfAll = await documentOf(IngestModule, ProfileModule, ScoringModule, OffersModule);

const folder = join(import.meta.dirname, '../../../docs/openapi');

export const fileOf = (service: string): string => join(folder, `${service}.json`);
/** The text of the document's file. */
export const textOf = (document: Document): Promise<string> =>
  format(JSON.stringify(document), { parser: 'json', printWidth: 120 });

import type { INestApplication } from '@nestjs/common';
import { DocumentBuilder, SwaggerModule } from '@nestjs/swagger';
import { alwaysUnzippedBytes, largestBodyBytes, largestUnzippedBytes, maxUnzipRatio } from '../http/read-body.ts';
import { completeDocument } from './complete-document.ts';
import type { Document } from './document.ts';
import { securitySchemes } from './security-schemes.ts';

const description = `Errors are returned as problem details (RFC 9457): \`code\` is stable and for programs, \`detail\` is for people.
A request body is JSON in UTF-8, with any content type, and may be compressed with gzip. It may have at most ${largestBodyBytes / 1024} KiB; decompressed, at most ${largestUnzippedBytes / 1024 ** 2} MiB and, beyond ${alwaysUnzippedBytes / 1024} KiB, ${maxUnzipRatio} times its compressed size. Every GET route also accepts HEAD.
Errors that can occur before a route is reached are listed in the responses of the components.`;

/** The OpenAPI document of all routes of an application, which need not be listening. */
export function createDocument(app: INestApplication): Document {
  const builder = new DocumentBuilder()
    .setOpenAPIVersion('3.1.0')
    .setTitle('Sestante')
    .setVersion('1.0.0')
    .setDescription(description);
  for (const [name, scheme] of Object.entries(securitySchemes)) builder.addSecurity(name, scheme);
  return completeDocument(SwaggerModule.createDocument(app, builder.build(), { operationIdFactory }));
}

/** `RejectedController.list` is `Rejected_list`; its second path, if it has one, `Rejected_list_2`. */
function operationIdFactory(controller: string, method: string): string {
  const [, name, index] = /^(\w+?)(?:\[(\d+)\])?$/.exec(method)!;
  const suffix = index === undefined || index === '0' ? '' : `_${Number(index) + 1}`;
  return `${controller.replace(/Controller$/, '')}_${name}${suffix}`;
}

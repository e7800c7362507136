import type { INestApplication } from '@nestjs/common';
import { DocumentBuilder, SwaggerModule } from '@nestjs/swagger';
import { alwaysUnzippedBytes, largestBodyBytes, largestUnzippedBytes, mostTimesUnzipped } from '../http/read-body.ts';
import { completed } from './completed.ts';
import type { Document } from './document.ts';
import { securitySchemes } from './security-schemes.ts';

const description = `Everything but success is answered with problem details (RFC 9457): \`code\` is for programs and stays, \`detail\` is for people.
A body is JSON in UTF-8, whatever its content type says, or gzip of it; at most ${largestBodyBytes / 1024} KiB, unzipped ${largestUnzippedBytes / 1024 ** 2} MiB and, beyond ${alwaysUnzippedBytes / 1024} KiB, ${mostTimesUnzipped} times what came. Every GET may be a HEAD.
What no route is to blame for is among the responses of the components.`;

/** The document of all routes of an application, which need not listen. */
export function createDocument(app: INestApplication): Document {
  const builder = new DocumentBuilder()
    .setOpenAPIVersion('3.1.0')
    .setTitle('Sestante')
    .setVersion('1.0.0')
    .setDescription(description);
  for (const [name, scheme] of Object.entries(securitySchemes)) builder.addSecurity(name, scheme);
  return completed(SwaggerModule.createDocument(app, builder.build(), { operationIdFactory }));
}

/** `RejectedController.list` is `Rejected_list`; its second path, if it has one, `Rejected_list_2`. */
function operationIdFactory(controller: string, method: string): string {
  const [, name, index] = /^(\w+?)(?:\[(\d+)\])?$/.exec(method)!;
  const suffix = index === undefined || index === '0' ? '' : `_${Number(index) + 1}`;
  return `${controller.replace(/Controller$/, '')}_${name}${suffix}`;
}

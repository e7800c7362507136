import type { Type } from '@nestjs/common';
import { NestFactory } from '@nestjs/core';
import { FastifyAdapter } from '@nestjs/platform-fastify';
import { parseConfig } from '../config.ts';
import { createLogger } from '../logger.ts';
import { rootModule } from '../root-module.ts';
import { createDocument } from './create-document.ts';
import type { Document } from './document.ts';

/** The OpenAPI document of a process that hosts these services. Nothing is constructed or connected. */
export async function documentOf(...services: readonly Type[]): Promise<Document> {
  const root = rootModule(services, { config: parseConfig({}), logger: createLogger('silent'), tracing: undefined });
  const app = await NestFactory.create(root, new FastifyAdapter(), {
    preview: true,
    abortOnError: false,
    logger: ['error'],
  });
  return createDocument(app);
}

import type { NestFastifyApplication } from '@nestjs/platform-fastify';
import { SwaggerModule } from '@nestjs/swagger';
import type { FastifyInstance, RouteOptions } from 'fastify';
import type { ProblemSender } from '../http/problem-sender.ts';
import { createDocument } from './create-document.ts';

/** The page holds the API keys of its user, so it may not load from or send to other hosts. */
const policy = "default-src 'self'; style-src 'self' 'unsafe-inline'; img-src 'self' data:; frame-ancestors 'none'";

/** Serves the OpenAPI document at `/openapi.json`, and at `/docs` as a page that needs no internet access. It contains no secrets. Call it before the routes are registered. */
export function serveDocs(app: NestFastifyApplication, problems: ProblemSender): void {
  const fastify = app.getHttpAdapter().getInstance() as FastifyInstance;
  fastify.addHook('onRoute', (route: RouteOptions) => {
    if (!/^\/docs(\/|$)/.test(route.url)) return;
    route.errorHandler = (error, _request, reply) => problems.send(error, reply);
    route.onRequest = (_request, reply, done) => {
      reply.header('content-security-policy', policy).header('x-content-type-options', 'nosniff');
      done();
    };
  });
  // Created at the first request, because most processes never get one.
  SwaggerModule.setup('docs', app, () => createDocument(app) as never, {
    raw: ['json'],
    jsonDocumentUrl: 'openapi.json',
    customSiteTitle: 'Sestante: HTTP',
    customfavIcon: 'data:,',
    customCss: '.swagger-ui .topbar { display: none }',
    swaggerOptions: { tryItOutEnabled: true, validatorUrl: null },
  });
}

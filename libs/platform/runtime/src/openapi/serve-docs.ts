import type { NestFastifyApplication } from '@nestjs/platform-fastify';
import { SwaggerModule } from '@nestjs/swagger';
import type { FastifyInstance, RouteOptions } from 'fastify';
import type { ProblemAnswers } from '../http/problem-answers.ts';
import { createDocument } from './create-document.ts';

/** The page holds API keys while somebody tries routes: it loads nothing from elsewhere and sends nothing there. */
const policy = "default-src 'self'; style-src 'self' 'unsafe-inline'; img-src 'self' data:; frame-ancestors 'none'";

/** The OpenAPI document at `/openapi.json`, and at `/docs` as a page that needs no internet. Nothing in it is secret. Before the routes are registered. */
export function serveDocs(app: NestFastifyApplication, problems: ProblemAnswers): void {
  const fastify = app.getHttpAdapter().getInstance() as FastifyInstance;
  fastify.addHook('onRoute', (route: RouteOptions) => {
    if (!/^\/docs(\/|$)/.test(route.url)) return;
    route.errorHandler = (error, _request, reply) => problems.send(error, reply);
    route.onRequest = (_request, reply, done) => {
      reply.header('content-security-policy', policy).header('x-content-type-options', 'nosniff');
      done();
    };
  });
  // Most processes are never asked: the document is made when the first asks.
  SwaggerModule.setup('docs', app, () => createDocument(app) as never, {
    raw: ['json'],
    jsonDocumentUrl: 'openapi.json',
    customSiteTitle: 'Sestante: HTTP',
    customfavIcon: 'data:,',
    customCss: '.swagger-ui .topbar { display: none }',
    swaggerOptions: { tryItOutEnabled: true, validatorUrl: null },
  });
}

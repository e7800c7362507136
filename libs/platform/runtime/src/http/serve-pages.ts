import fastifyStatic from '@fastify/static';
import type { NestFastifyApplication } from '@nestjs/platform-fastify';
import type { FastifyInstance, FastifyReply, FastifyRequest } from 'fastify';
import { existsSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { notFound } from './problem.ts';
import type { ProblemSender } from './problem-sender.ts';

/** Files of a built application of pages, such as the console. */
export interface Pages {
  /** The path under which they are served, such as `/console`. */
  readonly path: string;
  /** The folder with `index.html`, and with `assets/`, whose files have the hash of their content in their names. */
  readonly folder: string;
}

/**
 * The pages load from and send to their own origin only. Style sheets are written by scripts while the page is open, hence `unsafe-inline` for
 * styles; a style cannot act for the reader.
 */
const policy = [
  "default-src 'self'",
  "style-src 'self' 'unsafe-inline'",
  "img-src 'self' data:",
  "object-src 'none'",
  "base-uri 'none'",
  "form-action 'self'",
  "frame-ancestors 'none'",
].join('; ');

const yearSeconds = 31_536_000;

/** Serves the pages: files by their name, and `index.html` for every other address below the path, which the page itself understands. */
export async function servePages(
  app: NestFastifyApplication,
  problems: ProblemSender,
  { path, folder }: Pages,
): Promise<void> {
  const index = join(folder, 'index.html');
  if (!existsSync(index)) return;
  const html = readFileSync(index);
  const sendIndex = (_request: FastifyRequest, reply: FastifyReply) =>
    reply.headers({ ...headers, 'cache-control': 'no-cache', 'content-type': 'text/html; charset=utf-8' }).send(html);
  const fastify = app.getHttpAdapter().getInstance() as FastifyInstance;
  await fastify.register(async (scope) => {
    scope.setErrorHandler((error: Error, _request, reply) => problems.send(error, reply));
    await scope.register(fastifyStatic, {
      root: folder,
      prefix: path,
      decorateReply: false,
      index: false,
      wildcard: false,
      globIgnore: ['index.html'],
      cacheControl: false,
      setHeaders: (reply, file) => {
        const isHashed = file.startsWith(join(folder, 'assets/'));
        for (const [name, value] of Object.entries(headers)) reply.header(name, value);
        reply.header('cache-control', isHashed ? `public, max-age=${yearSeconds}, immutable` : 'no-cache');
      },
    });
    scope.get(path, sendIndex);
    scope.get(`${path}/*`, (request, reply) => {
      if (request.url.startsWith(`${path}/assets/`)) throw notFound('file');
      return sendIndex(request, reply);
    });
  });
}

const headers = {
  'content-security-policy': policy,
  'x-content-type-options': 'nosniff',
  'referrer-policy': 'same-origin',
  'cross-origin-opener-policy': 'same-origin',
};

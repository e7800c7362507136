import { Controller, Get, Header, Param, Res } from '@nestjs/common';
import type { FastifyReply } from 'fastify';
import { readFile } from 'node:fs/promises';
import { createRequire } from 'node:module';
import { Open } from '../auth/access.ts';
import { notFound } from '../http/problem.ts';
import { Fails, Says } from './says.ts';

const page = `<!doctype html>
<html lang="en">
  <head>
    <meta charset="utf-8">
    <title>Sestante: HTTP</title>
    <link rel="icon" href="data:,">
    <link rel="stylesheet" href="/docs/swagger-ui.css">
  </head>
  <body>
    <div id="page"></div>
    <script src="/docs/swagger-ui-bundle.js"></script>
    <script src="/docs/start.js"></script>
  </body>
</html>
`;
const start = `SwaggerUIBundle({ url: '/openapi.json', dom_id: '#page', deepLinking: true, tryItOutEnabled: true });\n`;

/** The page holds API keys while somebody tries routes: it loads nothing from elsewhere and sends nothing there. */
const policy = "default-src 'self'; style-src 'self' 'unsafe-inline'; img-src 'self' data:; frame-ancestors 'none'";

/** What the page is made of, by name. */
const files: Readonly<Record<string, { readonly type: string; read(): Promise<string> }>> = {
  'start.js': { type: 'text/javascript', read: () => Promise.resolve(start) },
  'swagger-ui-bundle.js': { type: 'text/javascript', read: () => ofSwaggerUi('swagger-ui-bundle.js') },
  'swagger-ui.css': { type: 'text/css', read: () => ofSwaggerUi('swagger-ui.css') },
};

/** The OpenAPI document as a page to browse. It needs no internet. */
@Controller('docs')
@Open()
export class DocsController {
  @Says('The OpenAPI document as a page.', { answers: { type: 'string' } })
  @Get()
  @Header('content-type', 'text/html; charset=utf-8')
  @Header('content-security-policy', policy)
  page(): string {
    return page;
  }

  @Says('What the page is made of.', {
    answers: { type: 'string' },
    as: 'text/*',
    parameters: { file: { enum: Object.keys(files) } },
  })
  @Fails(404, 'not-found')
  @Get(':file')
  @Header('cache-control', 'max-age=3600')
  async file(@Param('file') name: string, @Res({ passthrough: true }) reply: FastifyReply): Promise<string> {
    const file = Object.hasOwn(files, name) ? files[name] : undefined;
    if (!file) throw notFound('file');
    const text = await file.read();
    reply.header('content-type', `${file.type}; charset=utf-8`);
    return text;
  }
}

function ofSwaggerUi(name: string): Promise<string> {
  return readFile(createRequire(import.meta.url).resolve(`swagger-ui-dist/${name}`), 'utf8');
}

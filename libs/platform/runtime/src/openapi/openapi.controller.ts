import { Controller, Get, Header, type Type } from '@nestjs/common';
import { Open } from '../auth/access.ts';
import { InjectModules } from '../tokens.ts';
import { Says } from './says.ts';

/** What this process answers over HTTP, as an OpenAPI document. Nothing in it is secret. */
@Controller('openapi.json')
export class OpenApiController {
  private text: Promise<string> | undefined;

  constructor(@InjectModules() private readonly modules: readonly Type[]) {}

  @Open()
  @Says('The OpenAPI document of this process.', { answers: { type: 'object', required: ['openapi', 'paths'] } })
  @Get()
  @Header('content-type', 'application/json')
  @Header('cache-control', 'no-cache')
  read(): Promise<string> {
    return (this.text ??= this.write());
  }

  /** Most processes are never asked: only then is it worth the loading of what writes it. */
  private async write(): Promise<string> {
    const { openapi } = await import('./document.ts');
    return JSON.stringify(openapi(this.modules));
  }
}

import { describe, expect, test } from '@jest/globals';
import {
  Body,
  Controller,
  Delete,
  Get,
  Headers,
  HttpCode,
  Module,
  Param,
  ParseUUIDPipe,
  Post,
  Query,
} from '@nestjs/common';
import { IsInt, IsOptional, IsString, Max, Min } from 'class-validator';
import { Allow, AllowCustomerAnd, Fails, Open, OpenToSources, Says } from '../../src/index.ts';
import { documentOf } from '../../src/openapi/index.ts';

class PageRequest {
  @IsInt() @Min(1) @Max(500) limit = 50;
  @IsOptional() @IsString() before?: string;
}

class GiftRequest {
  @IsString() name!: string;
}

const Gift = { $id: 'Gift', type: 'object' };

@Controller('gifts')
@Fails(409, 'sold-out')
class Gifts {
  @Allow('marketing')
  @Says('The gifts.', { answers: { type: 'array', items: Gift } })
  @Get()
  list(@Query() _page: PageRequest): object[] {
    return [];
  }

  @AllowCustomerAnd('clerk')
  @Says('One gift.', { answers: Gift, also: { 304: null } })
  @Fails(404, 'not-found')
  @Fails(409, 'given-away')
  @Get(':id')
  read(@Param('id', ParseUUIDPipe) _id: string, @Headers('if-none-match') _known?: string): object {
    return {};
  }

  @OpenToSources('query', 'body')
  @Says('Makes a gift.', { example: { name: 'scarf' }, answers: Gift })
  @Post(['', 'wrapped'])
  make(@Body() _gift: GiftRequest, @Query('writeKey') _key: string): object {
    return {};
  }

  @Open()
  @Says('Throws a gift away.')
  @Delete(':number')
  @HttpCode(204)
  end(@Param('number') _number: string): void {}

  @Get('closed/:id')
  closed(): void {}
}

@Module({ controllers: [Gifts] })
class Shelf {}

@Module({ imports: [{ module: Shelf }] })
class Shop {}

const { paths, components } = documentOf(Shop);
const codesOf = (method: string, path: string) =>
  Object.entries(paths[path]![method]!.responses).map(([status, { description }]) => `${status} ${description}`);

describe('the document of a process', () => {
  test('has the routes of its modules, of what they import, and of every process', () => {
    expect(Object.keys(paths)).toEqual(
      expect.arrayContaining([
        '/health/live',
        '/openapi.json',
        '/docs/{file}',
        '/gifts',
        '/gifts/wrapped',
        '/gifts/{id}',
      ]),
    );
    expect(Object.keys(paths['/gifts']!)).toEqual(['get', 'post']);
    expect([paths['/gifts']!['post']!.operationId, paths['/gifts/wrapped']!['post']!.operationId]).toEqual([
      'postGifts',
      'postGiftsWrapped',
    ]);
  });

  test('holds each schema that has a name once', () => {
    expect(components.schemas).toMatchObject({ Gift: { type: 'object' }, Problem: { type: 'object' } });
    expect(JSON.stringify(paths)).not.toContain('$id');
    expect(paths['/gifts']!['get']!.responses['200']!.content).toEqual({
      'application/json': { schema: { type: 'array', items: { $ref: '#/components/schemas/Gift' } } },
    });
  });

  test('is refused where two schemas share a name', () => {
    @Controller('others')
    class Others {
      @Says('Another gift.', { answers: { $id: 'Gift', type: 'string' } })
      @Get()
      list(): void {}
    }
    @Module({ controllers: [Others] })
    class Neighbour {}
    expect(() => documentOf(Shop, Neighbour)).toThrow('There are two schemas called Gift.');
  });

  test('tells what an address and headers may hold', () => {
    expect(paths['/gifts']!['get']!.parameters).toEqual([
      {
        name: 'limit',
        in: 'query',
        required: false,
        schema: { type: 'integer', minimum: 1, maximum: 500, default: 50 },
      },
      { name: 'before', in: 'query', required: false, schema: { type: 'string' } },
    ]);
    expect(paths['/gifts/{id}']!['get']!.parameters).toEqual([
      {
        name: 'id',
        in: 'path',
        required: true,
        schema: { anyOf: [{ type: 'string', format: 'uuid' }, { const: 'me' }] },
      },
      { name: 'if-none-match', in: 'header', required: false, schema: { type: 'string' } },
    ]);
  });

  test('tells what a body is, with an example', () => {
    expect(paths['/gifts']!['post']!.requestBody).toEqual({
      required: true,
      content: {
        'application/json': { schema: { $ref: '#/components/schemas/GiftRequest' }, example: { name: 'scarf' } },
      },
    });
    expect(components.schemas['GiftRequest']).toEqual({
      type: 'object',
      properties: { name: { type: 'string' } },
      required: ['name'],
      additionalProperties: false,
    });
  });

  test.each([
    ['get', '/gifts', [{ apiKey: ['admin', 'marketing'] }, { apiKeyHeader: ['admin', 'marketing'] }]],
    [
      'get',
      '/gifts/{id}',
      [{ apiKey: ['admin', 'clerk'] }, { apiKeyHeader: ['admin', 'clerk'] }, { customerToken: [] }],
    ],
    ['post', '/gifts', [{ writeKeyQuery: [] }, {}]],
    ['delete', '/gifts/{number}', []],
    ['get', '/gifts/closed/{id}', undefined],
  ])('tells who may %s %s', (method, path, security) => {
    expect(paths[path]![method]!.security).toEqual(security);
  });

  test('takes a write key in the address as a proof, and not as a parameter besides', () => {
    expect(paths['/gifts']!['post']!.parameters).toEqual([]);
  });

  test.each([
    [
      'get',
      '/gifts/{id}',
      [
        '200 OK',
        '304 Not Modified',
        '400 Bad Request: bad-url, bad-request.',
        '401 Unauthorized: unauthorized.',
        '403 Forbidden: forbidden.',
        '404 Not Found: not-found.',
        '409 Conflict: sold-out, given-away.',
        '414 URI Too Long: max-param-length.',
        '500 Internal Server Error: internal.',
        '503 Service Unavailable: unavailable.',
      ],
    ],
    [
      'post',
      '/gifts',
      [
        '201 Created',
        '400 Bad Request: not-json, not-utf8, not-gzip, bad-request.',
        '409 Conflict: sold-out.',
        '413 Payload Too Large: body-too-large.',
        '429 Too Many Requests: busy.',
        '500 Internal Server Error: internal.',
        '503 Service Unavailable: unavailable.',
      ],
    ],
  ])('names what %s %s may answer', (method, path, answers) => {
    expect(codesOf(method, path)).toEqual(answers);
  });

  test('gives no body to an answer that has none', () => {
    expect(paths['/gifts/{number}']!['delete']!.responses['204']).toEqual({ description: 'No Content' });
  });
});

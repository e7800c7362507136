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
import {
  ApiBody,
  ApiCreatedResponse,
  ApiHeader,
  ApiNoContentResponse,
  ApiNotModifiedResponse,
  ApiOkResponse,
  ApiOperation,
  ApiParam,
  ApiProperty,
  ApiPropertyOptional,
  ApiTags,
} from '@nestjs/swagger';
import { IsOptional, IsString } from 'class-validator';
import {
  Roles,
  CustomerOrRoles,
  ApiProblem,
  jsonSchema,
  Public,
  PublicWithWriteKey,
  PageLimit,
  usualPageLimit,
} from '../../src/index.ts';
import { documentOf } from '../../src/openapi/index.ts';

class PageRequest {
  @PageLimit() limit = usualPageLimit;
  @ApiPropertyOptional() @IsOptional() @IsString() before?: string;
}

class GiftRequest {
  @ApiProperty() @IsString() name!: string;
}

const Gift = { $id: 'Gift', type: 'object' };

@ApiTags('Gifts')
@ApiProblem(409, 'sold-out')
@Controller('gifts')
class GiftsController {
  @Roles('marketing')
  @ApiOperation({ summary: 'The gifts.' })
  @ApiOkResponse({ schema: jsonSchema({ type: 'array', items: Gift }) })
  @Get()
  list(@Query() _page: PageRequest): object[] {
    return [];
  }

  @CustomerOrRoles('clerk')
  @ApiOperation({ summary: 'One gift.' })
  @ApiHeader({ name: 'if-none-match', required: false })
  @ApiOkResponse({ schema: jsonSchema(Gift) })
  @ApiNotModifiedResponse()
  @ApiProblem(404, 'not-found')
  @ApiProblem(409, 'given-away')
  @Get(':id')
  read(@Param('id', ParseUUIDPipe) _id: string, @Headers('if-none-match') _known?: string): object {
    return {};
  }

  @PublicWithWriteKey('query', 'body')
  @ApiOperation({ summary: 'Makes a gift.' })
  @ApiBody({ type: GiftRequest, examples: { gift: { value: { name: 'scarf' } } } })
  @ApiCreatedResponse({ schema: jsonSchema(Gift) })
  @Post(['', 'wrapped'])
  make(@Body() _gift: GiftRequest, @Query('writeKey') _key: unknown): object {
    return {};
  }

  @Public()
  @ApiOperation({ summary: 'Throws a gift away.' })
  @ApiParam({ name: 'number', format: 'uuid' })
  @ApiNoContentResponse()
  @Delete(':number')
  @HttpCode(204)
  end(@Param('number') _number: string): void {}

  @ApiOkResponse()
  @Get('closed/:id')
  closed(): void {}
}

@Module({ controllers: [GiftsController] })
class Shelf {}

@Module({ imports: [{ module: Shelf }] })
class Shop {}

const document = await documentOf(Shop);
const { paths, components } = document;
const descriptionsOf = (method: string, path: string) =>
  Object.entries(paths[path]![method]!.responses).map(([status, { description }]) => `${status} ${description}`);

describe('the document of a process', () => {
  test('has the routes of its modules, their imports, and every process', () => {
    expect(Object.keys(paths)).toEqual(
      expect.arrayContaining(['/health/live', '/metrics', '/api/v1/keys', '/gifts', '/gifts/wrapped', '/gifts/{id}']),
    );
    expect(Object.keys(paths['/gifts']!)).toEqual(['get', 'post']);
  });

  test('names each operation by its method, and a second path with a number', () => {
    expect([paths['/gifts']!['post']!.operationId, paths['/gifts/wrapped']!['post']!.operationId]).toEqual([
      'Gifts_make',
      'Gifts_make_2',
    ]);
  });

  test('has the tags of its services before those of every process', () => {
    expect(document.tags.map(({ name }) => name)).toEqual([
      'Gifts',
      'Dead letters',
      'API keys',
      'Sessions',
      'Statistics',
      'Operation',
    ]);
  });

  test('contains each named schema once', () => {
    expect(components.schemas).toMatchObject({ Gift: { type: 'object' }, Problem: { type: 'object' } });
    expect(JSON.stringify(paths)).not.toContain('$id');
    expect(paths['/gifts']!['get']!.responses['200']!.content).toEqual({
      'application/json': { schema: { type: 'array', items: { $ref: '#/components/schemas/Gift' } } },
    });
  });

  test('is rejected if two schemas have the same name', async () => {
    @Controller('others')
    class OthersController {
      @ApiOkResponse({ schema: jsonSchema({ $id: 'Gift', type: 'string' }) })
      @Get()
      list(): void {}
    }
    @Module({ controllers: [OthersController] })
    class Neighbour {}
    await expect(documentOf(Shop, Neighbour)).rejects.toThrow('There are two schemas called Gift.');
  });

  test('documents parameters of path, query and headers', () => {
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
        description: expect.any(String),
        schema: {
          anyOf: [
            { type: 'string', format: 'uuid' },
            { type: 'string', enum: ['me'] },
          ],
        },
      },
      { name: 'if-none-match', in: 'header', required: false, schema: { type: 'string' } },
    ]);
  });

  test('documents a body with an example and without additional properties', () => {
    const { requestBody } = paths['/gifts']!['post']!;
    expect(requestBody).toEqual({
      required: true,
      content: {
        'application/json': {
          schema: { $ref: '#/components/schemas/GiftRequest' },
          examples: { gift: { value: { name: 'scarf' } } },
        },
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
    [
      'get',
      '/gifts',
      [
        { apiKey: ['admin', 'marketing'] },
        { apiKeyHeader: ['admin', 'marketing'] },
        { session: ['admin', 'marketing'] },
      ],
    ],
    [
      'get',
      '/gifts/{id}',
      [
        { apiKey: ['admin', 'clerk'] },
        { apiKeyHeader: ['admin', 'clerk'] },
        { session: ['admin', 'clerk'] },
        { customerToken: [] },
      ],
    ],
    ['post', '/gifts', [{ writeKeyQuery: [] }, {}]],
    ['delete', '/gifts/{number}', [{}]],
    ['get', '/gifts/closed/{id}', undefined],
  ])('tells who may %s %s', (method, path, security) => {
    expect(paths[path]![method]!.security).toEqual(security);
  });

  test('documents a write key in the query as a security scheme, not as a parameter', () => {
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
        '401 Unauthorized: unauthorized, session-ended, token-ended.',
        '403 Forbidden: forbidden, other-origin.',
        '404 Not Found: not-found.',
        '409 Conflict: given-away, sold-out.',
        '410 Gone: customer-erased.',
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
    expect(descriptionsOf(method, path)).toEqual(answers);
  });

  test('documents no body for a response without one', () => {
    expect(paths['/gifts/{number}']!['delete']!.responses['204']).toEqual({ description: 'No Content' });
  });
});

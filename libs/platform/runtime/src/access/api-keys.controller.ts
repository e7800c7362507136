import { Body, Controller, Delete, Get, HttpCode, Param, ParseUUIDPipe, Post } from '@nestjs/common';
import {
  ApiBody,
  ApiCreatedResponse,
  ApiNoContentResponse,
  ApiOkResponse,
  ApiOperation,
  ApiParam,
  ApiProperty,
  ApiPropertyOptional,
  ApiTags,
} from '@nestjs/swagger';
import { IsIn, IsInt, IsString, Length, Matches, Max, Min } from 'class-validator';
import { type Static, Type } from 'typebox';
import { ApiProblem } from '../openapi/api-problem.ts';
import { jsonSchema } from '../openapi/json-schema.ts';
import { Roles, type Role, roles } from './access.ts';
import { ApiKeys } from './api-keys.ts';
import { Sessions } from './sessions.ts';

const longestName = 100;
const maxOverlapHours = 720;
const hourMs = 3_600_000;
const visible = /^(?=.*\S)[^\p{Cc}\p{Cs}]+$/u;

class ApiKeyRequest {
  @ApiProperty({
    minLength: 1,
    maxLength: longestName,
    pattern: visible.source,
    description: 'The person or the program that uses the key.',
  })
  @IsString()
  @Length(1, longestName)
  @Matches(visible)
  name!: string;
  @ApiProperty({ enum: roles })
  @IsIn(roles)
  role!: Role;
}

class ApiKeyRotationRequest {
  @ApiPropertyOptional({
    type: 'integer',
    minimum: 0,
    maximum: maxOverlapHours,
    default: 24,
    description: 'For how many hours the old key stays valid. Use 0 if it has leaked.',
  })
  @IsInt()
  @Min(0)
  @Max(maxOverlapHours)
  overlapHours = 24;
}

const Id = Type.String({ format: 'uuid' });
const named = { keyId: Id, name: Type.String(), role: Type.Enum([...roles]) };
const instant = (description: string) => Type.Unsafe<Date>({ type: 'string', format: 'date-time', description });
const orNull = (description: string) =>
  Type.Unsafe<Date | null>({ anyOf: [{ type: 'string', format: 'date-time' }, { type: 'null' }], description });

const NewApiKey = Type.Object(
  { ...named, key: Type.String({ description: 'The key. It is returned only once, and only its hash is stored.' }) },
  { $id: 'NewApiKey' },
);
type NewApiKey = Static<typeof NewApiKey>;

const ApiKeyList = Type.Object(
  {
    items: Type.Array(
      Type.Object({
        ...named,
        hint: Type.String({ description: 'The last four characters of the key.' }),
        createdAt: instant('When the key was created.'),
        lastUsedAt: orNull('When the key was last used, accurate to about 10 s; null if never.'),
        endsAt: orNull('When the key expires after a rotation; null if it does not expire.'),
      }),
    ),
  },
  { $id: 'ApiKeyList' },
);
type ApiKeyList = Static<typeof ApiKeyList>;

/** Lists, creates, rotates and revokes API keys. */
@Roles('admin')
@ApiTags('API keys')
@Controller('api/v1/keys')
export class ApiKeysController {
  constructor(
    private readonly keys: ApiKeys,
    private readonly sessions: Sessions,
  ) {}

  @ApiOperation({ summary: 'Lists the valid API keys without their secrets.' })
  @ApiOkResponse({ schema: jsonSchema(ApiKeyList) })
  @Get()
  async list(): Promise<ApiKeyList> {
    return { items: await this.keys.list() };
  }

  @ApiOperation({ summary: 'Creates an API key with a role and returns it once.' })
  @ApiBody({ type: ApiKeyRequest, examples: { tool: { value: { name: 'campaign tool', role: 'marketing' } } } })
  @ApiCreatedResponse({ schema: jsonSchema(NewApiKey) })
  @ApiProblem(409, 'too-many-keys')
  @Post()
  make(@Body() { name, role }: ApiKeyRequest): Promise<NewApiKey> {
    return this.keys.create(name, role);
  }

  @ApiOperation({ summary: 'Replaces an API key with a new one; the old key expires after the overlap.' })
  @ApiParam({ name: 'keyId', format: 'uuid' })
  @ApiBody({ type: ApiKeyRotationRequest, required: false, examples: { leaked: { value: { overlapHours: 0 } } } })
  @ApiCreatedResponse({ schema: jsonSchema(NewApiKey) })
  @ApiProblem(404, 'not-found')
  @ApiProblem(409, 'key-configured', 'key-ending', 'too-many-keys')
  @Post(':keyId/rotate')
  async rotate(
    @Param('keyId', ParseUUIDPipe) keyId: string,
    @Body() { overlapHours }: ApiKeyRotationRequest,
  ): Promise<NewApiKey> {
    const created = await this.keys.rotate(keyId, new Date(Date.now() + overlapHours * hourMs));
    this.sessions.forget();
    return created;
  }

  @ApiOperation({ summary: 'Revokes an API key and its sessions; other processes may accept it for up to 10 s.' })
  @ApiParam({ name: 'keyId', format: 'uuid' })
  @ApiNoContentResponse()
  @ApiProblem(404, 'not-found')
  @ApiProblem(409, 'key-configured')
  @Delete(':keyId')
  @HttpCode(204)
  async revoke(@Param('keyId', ParseUUIDPipe) keyId: string): Promise<void> {
    await this.keys.revoke(keyId);
    this.sessions.forget();
  }
}

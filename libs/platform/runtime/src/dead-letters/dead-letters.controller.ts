import { Body, Controller, Delete, Get, HttpCode, Param, Post, Query } from '@nestjs/common';
import {
  ApiBody,
  ApiNoContentResponse,
  ApiOkResponse,
  ApiOperation,
  ApiProperty,
  ApiPropertyOptional,
  ApiTags,
} from '@nestjs/swagger';
import {
  ArrayMaxSize,
  ArrayNotEmpty,
  IsArray,
  IsOptional,
  IsString,
  Matches,
  MaxLength,
  MinLength,
  NotContains,
} from 'class-validator';
import { Roles } from '../access/access.ts';
import { notFound, Problem } from '../http/problem.ts';
import { ApiProblem } from '../openapi/api-problem.ts';
import { jsonSchema } from '../openapi/json-schema.ts';
import { PageLimit, usualPageLimit } from '../http/page-limit.ts';
import { DeadLetters } from './dead-letters.ts';
import { RedriveDeadLetters } from './redrive-dead-letters.ts';
import { DeadLetterPage, RedrivenLetters, RemovedLetters, DeadLetterResponse } from './dead-letter-response.ts';

/** Ids of dead letters; 18 digits fit into a bigint. */
const id = /^\d{1,18}$/;
const group = /^[a-z0-9-]{1,100}$/;
const topic = /^[A-Za-z0-9._-]{1,249}$/;
const cursor = { pattern: id.source, description: 'The `next` of an earlier response.' };

class LetterFilterRequest {
  @ApiPropertyOptional({ pattern: group.source, description: 'The consumer group, which is the name of a service.' })
  @IsOptional()
  @Matches(group)
  group?: string;

  @ApiPropertyOptional({ pattern: topic.source })
  @IsOptional()
  @Matches(topic)
  topic?: string;

  @ApiPropertyOptional({
    minLength: 1,
    maxLength: 200,
    pattern: '^[^\\0]*$',
    description: 'A text that the reason contains.',
  })
  @IsOptional()
  @IsString()
  @MinLength(1)
  @MaxLength(200)
  @NotContains('\0')
  reason?: string;
}

class LetterListRequest extends LetterFilterRequest {
  @ApiPropertyOptional(cursor)
  @IsOptional()
  @Matches(id)
  before?: string;
  @PageLimit() limit = usualPageLimit;
}

class LetterRedriveRequest extends LetterFilterRequest {
  @ApiPropertyOptional({ type: 'array', items: { type: 'string', pattern: id.source }, minItems: 1, maxItems: 500 })
  @IsOptional()
  @IsArray()
  @ArrayNotEmpty()
  @ArrayMaxSize(500)
  @Matches(id, { each: true })
  ids?: string[];

  @ApiPropertyOptional(cursor)
  @IsOptional()
  @Matches(id)
  after?: string;
}

class LetterEraseRequest {
  @ApiProperty({
    minLength: 3,
    maxLength: 256,
    pattern: '^[^\\0]*$',
    description:
      'An identifier of the person as it is stored (an email address, a phone number, an account), or the id of the customer.',
  })
  @IsString()
  @MinLength(3)
  @MaxLength(256)
  @NotContains('\0')
  value!: string;
}

class LetterId {
  @ApiProperty({ pattern: id.source })
  @Matches(id, { message: 'The id of a dead letter must be a number of 1 to 18 digits.' })
  id!: string;
}

/** Lists, removes and redrives the dead letters of this process. They may contain personal data. */
@Roles('admin')
@ApiTags('Dead letters')
@Controller('api/v1/dead-letters')
export class DeadLettersController {
  constructor(
    private readonly letters: DeadLetters,
    private readonly redrive: RedriveDeadLetters,
  ) {}

  @ApiOperation({
    summary:
      'Lists the dead letters of the services of this process, newest first, with their number by group and topic.',
  })
  @ApiOkResponse({ schema: jsonSchema(DeadLetterPage) })
  @Get()
  async list(@Query() { before, limit, ...filter }: LetterListRequest): Promise<DeadLetterPage> {
    const [items, counts] = await Promise.all([
      this.letters.list(filter, { before, limit }),
      this.letters.counts(filter),
    ]);
    return { items, next: items.length === limit ? items.at(-1)!.id : null, counts };
  }

  @ApiOperation({ summary: 'Returns one dead letter with its whole value.' })
  @ApiOkResponse({ schema: jsonSchema(DeadLetterResponse) })
  @ApiProblem(404, 'not-found')
  @Get(':id')
  async read(@Param() { id }: LetterId): Promise<DeadLetterResponse> {
    const letter = await this.letters.read(id);
    if (!letter) throw notFound('dead letter');
    return letter;
  }

  @ApiOperation({ summary: 'Removes one dead letter permanently.' })
  @ApiNoContentResponse()
  @ApiProblem(404, 'not-found')
  @Delete(':id')
  @HttpCode(204)
  async remove(@Param() { id }: LetterId): Promise<void> {
    if ((await this.letters.remove({ ids: [id] })) === 0) throw notFound('dead letter');
  }

  @ApiOperation({ summary: 'Removes the dead letters of a group, of a topic or with a reason permanently.' })
  @ApiOkResponse({ schema: jsonSchema(RemovedLetters) })
  @ApiProblem(400, 'filter-missing')
  @Delete()
  async removeAll(@Query() { group, topic, reason }: LetterFilterRequest): Promise<RemovedLetters> {
    if (group === undefined && topic === undefined && reason === undefined)
      throw new Problem(400, 'filter-missing', 'At least one of `group`, `topic` and `reason` is required.');
    return { removed: await this.letters.remove({ group, topic, reason }) };
  }

  @ApiOperation({ summary: 'Removes every dead letter that contains a text, such as an identifier of a person.' })
  @ApiBody({ type: LetterEraseRequest, examples: { mailbox: { value: { value: 'ada@example.org' } } } })
  @ApiOkResponse({ schema: jsonSchema(RemovedLetters) })
  @Post('erase')
  @HttpCode(200)
  async erase(@Body() { value }: LetterEraseRequest): Promise<RemovedLetters> {
    return { removed: await this.letters.erase(value) };
  }

  @ApiOperation({
    summary: 'Redrives dead letters, oldest first, only to the group that could not handle them.',
  })
  @ApiBody({ type: LetterRedriveRequest, required: false, examples: { group: { value: { group: 'profile' } } } })
  @ApiOkResponse({ schema: jsonSchema(RedrivenLetters) })
  @ApiProblem(503, 'stream-unavailable')
  @Post('redrive')
  @HttpCode(200)
  redriveAll(@Body() { after, ...filter }: LetterRedriveRequest): Promise<RedrivenLetters> {
    return this.redrive.all(filter, after);
  }

  @ApiOperation({ summary: 'Redrives one dead letter only to the group that could not handle it.' })
  @ApiNoContentResponse()
  @ApiProblem(404, 'not-found')
  @ApiProblem(409, 'dead-letter-too-large')
  @ApiProblem(503, 'stream-unavailable')
  @Post(':id/redrive')
  @HttpCode(204)
  async redriveOne(@Param() { id }: LetterId): Promise<void> {
    await this.redrive.one(id);
  }
}

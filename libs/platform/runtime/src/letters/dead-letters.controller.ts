import { Body, Controller, Delete, Get, HttpCode, Param, Post, Query } from '@nestjs/common';
import {
  ArrayMaxSize,
  ArrayNotEmpty,
  IsArray,
  IsInt,
  IsOptional,
  IsString,
  Matches,
  Max,
  MaxLength,
  Min,
  MinLength,
  NotContains,
} from 'class-validator';
import { Allow } from '../auth/access.ts';
import { FromDigits } from '../http/from-digits.ts';
import { notFound, Problem } from '../http/problem.ts';
import { Fails, Says } from '../openapi/says.ts';
import { DeadLetters } from './dead-letters.ts';
import { RedriveDeadLetters } from './redrive-dead-letters.ts';
import { DeadLetterPage, RedrivenLetters, RemovedLetters, ShownDeadLetter } from './shown-dead-letter.ts';

/** As large as the database has ids, and no larger. */
const id = /^\d{1,18}$/;

class LetterFilterRequest {
  /** The group that could not use it, which is the name of a service. */
  @IsOptional() @Matches(/^[a-z0-9-]{1,100}$/) group?: string;
  @IsOptional() @Matches(/^[A-Za-z0-9._-]{1,249}$/) topic?: string;
  /** Words that stand in the reason. */
  @IsOptional() @IsString() @MinLength(1) @MaxLength(200) @NotContains('\0') reason?: string;
}

class LetterListRequest extends LetterFilterRequest {
  /** The `next` of an earlier answer. */
  @IsOptional() @Matches(id) before?: string;
  @FromDigits() @IsInt() @Min(1) @Max(500) limit = 50;
}

class LetterRedriveRequest extends LetterFilterRequest {
  @IsOptional() @IsArray() @ArrayNotEmpty() @ArrayMaxSize(500) @Matches(id, { each: true }) ids?: string[];
  /** The `next` of an earlier answer. */
  @IsOptional() @Matches(id) after?: string;
}

class LetterEraseRequest {
  /** An identifier of the person as it is kept (a mailbox, a phone, an account), or the id of the customer. */
  @IsString() @MinLength(3) @MaxLength(256) @NotContains('\0') value!: string;
}

class LetterId {
  @Matches(id, { message: 'The id of a dead letter is a number.' }) id!: string;
}

/** Messages that the handlers of this process could not use, newest first, and their second chance. They may hold personal data. */
@Allow('admin')
@Controller('api/v1/dead-letters')
export class DeadLettersController {
  constructor(
    private readonly letters: DeadLetters,
    private readonly redrive: RedriveDeadLetters,
  ) {}

  @Says(
    'The dead letters of the services of this process, newest first, and how many there are of each group and topic.',
    {
      answers: DeadLetterPage,
    },
  )
  @Get()
  async list(@Query() { before, limit, ...filter }: LetterListRequest): Promise<DeadLetterPage> {
    const [items, counts] = await Promise.all([
      this.letters.list(filter, { before, limit }),
      this.letters.counts(filter),
    ]);
    return { items, next: items.length === limit ? items.at(-1)!.id : null, counts };
  }

  @Says('One dead letter, with its whole value.', { answers: ShownDeadLetter })
  @Fails(404, 'not-found')
  @Get(':id')
  async read(@Param() { id }: LetterId): Promise<ShownDeadLetter> {
    const letter = await this.letters.read(id);
    if (!letter) throw notFound('dead letter');
    return letter;
  }

  @Says('Removes one dead letter for good.')
  @Fails(404, 'not-found')
  @Delete(':id')
  @HttpCode(204)
  async remove(@Param() { id }: LetterId): Promise<void> {
    if ((await this.letters.remove({ ids: [id] })) === 0) throw notFound('dead letter');
  }

  @Says('Removes the dead letters of a group, of a topic or with a reason for good.', { answers: RemovedLetters })
  @Fails(400, 'filter-missing')
  @Delete()
  async removeAll(@Query() { group, topic, reason }: LetterFilterRequest): Promise<RemovedLetters> {
    if (group === undefined && topic === undefined && reason === undefined)
      throw new Problem(400, 'filter-missing', 'Say which: by `group`, `topic` or `reason`.');
    return { removed: await this.letters.remove({ group, topic, reason }) };
  }

  @Says('Removes every dead letter in which a text stands, such as an identifier of a person.', {
    answers: RemovedLetters,
    example: { value: 'ada@example.org' },
  })
  @Post('erase')
  @HttpCode(200)
  async erase(@Body() { value }: LetterEraseRequest): Promise<RemovedLetters> {
    return { removed: await this.letters.erase(value) };
  }

  @Says('Drives dead letters again, oldest first: their group, and no other one, is given them once more.', {
    answers: RedrivenLetters,
    example: { group: 'profile' },
  })
  @Fails(503, 'stream-unavailable')
  @Post('redrive')
  @HttpCode(200)
  redriveAll(@Body() { after, ...filter }: LetterRedriveRequest): Promise<RedrivenLetters> {
    return this.redrive.all(filter, after);
  }

  @Says('Drives one dead letter again: its group, and no other one, is given it once more.')
  @Fails(404, 'not-found')
  @Fails(409, 'dead-letter-too-large')
  @Fails(503, 'stream-unavailable')
  @Post(':id/redrive')
  @HttpCode(204)
  async redriveOne(@Param() { id }: LetterId): Promise<void> {
    await this.redrive.one(id);
  }
}

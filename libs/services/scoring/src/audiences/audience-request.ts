import { ApiProperty, ApiPropertyOptional } from '@nestjs/swagger';
import { FromDigits, PageLimit, usualPageLimit } from '@sestante/runtime';
import { IsInt, IsObject, IsOptional, Matches, Max, Min } from 'class-validator';

export const longestName = 100;
export const longestDescription = 1_000;
const greatestRevision = 1_000_000_000;

/** Neither blank nor with control characters. */
const name = new RegExp(`^(?=.*\\S)[^\\p{Cc}\\p{Cs}]{1,${longestName}}$`, 'u');
const description = new RegExp(`^[^\\0\\p{Cs}]{0,${longestDescription}}$`, 'u');

class RuleRequest {
  @ApiProperty({
    type: 'object',
    additionalProperties: true,
    description: 'A rule over the fields of customers, such as `trust.mood` and `consents.offers`.',
  })
  @IsObject()
  rule!: object;
}

export class PreviewRequest extends RuleRequest {}

export class NewAudienceRequest extends RuleRequest {
  @ApiProperty({ minLength: 1, maxLength: longestName, description: 'No two audiences have the same name.' })
  @Matches(name, { message: `name must have 1 to ${longestName} characters, none of them a control character` })
  name!: string;

  @ApiPropertyOptional({ maxLength: longestDescription, default: '' })
  @Matches(description, { message: `description must have at most ${longestDescription} characters` })
  description: string = '';
}

export class AudienceRequest extends NewAudienceRequest {
  @ApiProperty({
    type: 'integer',
    minimum: 1,
    maximum: greatestRevision,
    description: 'The revision that was read. If somebody else has changed the audience since, the answer is 409.',
  })
  @IsInt()
  @Min(1)
  @Max(greatestRevision)
  revision!: number;
}

export class VersionsQuery {
  @ApiPropertyOptional({
    type: 'integer',
    minimum: 1,
    maximum: greatestRevision,
    description: 'The `next` of the previous page.',
  })
  @IsOptional()
  @FromDigits()
  @IsInt()
  @Min(1)
  @Max(greatestRevision)
  before?: number;

  @PageLimit() limit = usualPageLimit;
}

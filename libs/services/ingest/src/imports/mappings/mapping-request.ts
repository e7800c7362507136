import { ApiPropertyOptional } from '@nestjs/swagger';
import { IsIn, IsInt, IsObject, IsString, Max, MaxLength, Min, ValidateIf } from 'class-validator';
import {
  type DecimalMark,
  decimalMarks,
  type Encoding,
  encodings,
  type Mapping,
  type Separator,
  separators,
  type ThousandsMark,
  thousandsMarks,
} from '../../formats/files/mapping.ts';

/** Allows undefined, but not null. */
const IfGiven = () => ValidateIf((_, value) => value !== undefined);
const UnlessNull = () => ValidateIf((_, value) => value !== undefined && value !== null);

const maxLength = 200;
/** The most lines before a header. */
const maxSkippedLines = 100;

/** A mapping in a request. `assertSound` checks its columns and values. */
export class MappingRequest implements Mapping {
  @ApiPropertyOptional({
    type: 'object',
    additionalProperties: { type: ['string', 'null'] },
    default: {},
  })
  @IfGiven()
  @IsObject()
  columns: Record<string, string | null> = {};

  @ApiPropertyOptional({ enum: ['read', 'ignore'], default: 'read' })
  @IfGiven()
  @IsIn(['read', 'ignore'])
  otherColumns: 'read' | 'ignore' = 'read';

  @ApiPropertyOptional({
    type: 'object',
    additionalProperties: { type: ['string', 'number', 'boolean'] },
    default: {},
  })
  @IfGiven()
  @IsObject()
  values: Record<string, string | number | boolean> = {};

  @ApiPropertyOptional({ type: String, nullable: true, maxLength, default: null })
  @UnlessNull()
  @IsString()
  @MaxLength(maxLength)
  messageId: string | null = null;

  @ApiPropertyOptional({ type: String, nullable: true, maxLength, default: null })
  @UnlessNull()
  @IsString()
  @MaxLength(maxLength)
  groupBy: string | null = null;

  @ApiPropertyOptional({ enum: encodings, default: 'auto' })
  @IfGiven()
  @IsIn(encodings)
  encoding: Encoding = 'auto';

  @ApiPropertyOptional({ type: 'integer', minimum: 0, maximum: maxSkippedLines, default: 0 })
  @IfGiven()
  @IsInt()
  @Min(0)
  @Max(maxSkippedLines)
  skipLines = 0;

  @ApiPropertyOptional({ enum: separators, nullable: true, default: null })
  @UnlessNull()
  @IsIn(separators)
  separator: Separator | null = null;

  @ApiPropertyOptional({ enum: decimalMarks, nullable: true, default: null })
  @UnlessNull()
  @IsIn(decimalMarks)
  decimal: DecimalMark | null = null;

  @ApiPropertyOptional({ enum: thousandsMarks, nullable: true, default: null })
  @UnlessNull()
  @IsIn(thousandsMarks)
  thousands: ThousandsMark | null = null;

  @ApiPropertyOptional({ type: String, nullable: true, maxLength, default: null })
  @UnlessNull()
  @IsString()
  @MaxLength(maxLength)
  dayFormat: string | null = null;

  @ApiPropertyOptional({ type: String, nullable: true, maxLength, default: null })
  @UnlessNull()
  @IsString()
  @MaxLength(maxLength)
  timeZone: string | null = null;
}

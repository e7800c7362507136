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

/** May be left out, but not be null. */
const IfGiven = () => ValidateIf((_, value) => value !== undefined);
const UnlessNull = () => ValidateIf((_, value) => value !== undefined && value !== null);

const longest = 200;
/** So many lines may stand before a header. */
const mostLinesSkipped = 100;

/** A mapping as it is sent. What is in its columns and values is looked at by `assertSound`. */
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

  @ApiPropertyOptional({ type: String, nullable: true, maxLength: longest, default: null })
  @UnlessNull()
  @IsString()
  @MaxLength(longest)
  messageId: string | null = null;

  @ApiPropertyOptional({ type: String, nullable: true, maxLength: longest, default: null })
  @UnlessNull()
  @IsString()
  @MaxLength(longest)
  groupBy: string | null = null;

  @ApiPropertyOptional({ enum: encodings, default: 'auto' })
  @IfGiven()
  @IsIn(encodings)
  encoding: Encoding = 'auto';

  @ApiPropertyOptional({ type: 'integer', minimum: 0, maximum: mostLinesSkipped, default: 0 })
  @IfGiven()
  @IsInt()
  @Min(0)
  @Max(mostLinesSkipped)
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

  @ApiPropertyOptional({ type: String, nullable: true, maxLength: longest, default: null })
  @UnlessNull()
  @IsString()
  @MaxLength(longest)
  dayFormat: string | null = null;

  @ApiPropertyOptional({ type: String, nullable: true, maxLength: longest, default: null })
  @UnlessNull()
  @IsString()
  @MaxLength(longest)
  timeZone: string | null = null;
}

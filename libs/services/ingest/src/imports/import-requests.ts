import { ApiPropertyOptional } from '@nestjs/swagger';
import { FromDigits, PageLimit, usualPageLimit } from '@sestante/runtime';
import { IsIn, IsInt, IsOptional, IsString, IsUUID, Max, MaxLength, Min } from 'class-validator';
import { type ImportFormat, importFormats } from '../formats/files/file-format.ts';
import { type DecimalMark, decimalMarks, type Encoding, encodings } from '../formats/files/mapping.ts';

/** The database stores line numbers in 32 bits. */
const mostLines = 2_147_483_647;
const yesOrNo = ['true', 'false'] as const;

export class UploadRequest {
  @ApiPropertyOptional({
    format: 'uuid',
    description: 'The id of an import to resume, or the id for a new one, so that it can be resumed.',
  })
  @IsOptional()
  @IsUUID()
  id?: string;

  @ApiPropertyOptional({ enum: importFormats })
  @IsOptional()
  @IsIn(importFormats)
  format?: ImportFormat;

  @ApiPropertyOptional({
    type: 'integer',
    minimum: 1,
    maximum: mostLines,
    default: 1,
    description: 'The number of the first line in the body, if earlier lines are already stored.',
  })
  @FromDigits()
  @IsInt()
  @Min(1)
  @Max(mostLines)
  from = 1;

  @ApiPropertyOptional({
    enum: yesOrNo,
    description: '`true` if the file of a finished import was corrected.',
  })
  @IsOptional()
  @IsIn(yesOrNo)
  corrected?: 'true' | 'false';

  @ApiPropertyOptional({
    enum: yesOrNo,
    description: '`true` to return the results for the first events without importing them.',
  })
  @IsOptional()
  @IsIn(yesOrNo)
  dry?: 'true' | 'false';

  @ApiPropertyOptional({
    maxLength: 64,
    description: 'The name of a mapping of the source; other parameters override its fields.',
  })
  @IsOptional()
  @IsString()
  @MaxLength(64)
  mapping?: string;

  @ApiPropertyOptional({ enum: encodings })
  @IsOptional()
  @IsIn(encodings)
  encoding?: Encoding;

  @ApiPropertyOptional({ enum: decimalMarks })
  @IsOptional()
  @IsIn(decimalMarks)
  decimal?: DecimalMark;

  @ApiPropertyOptional({ maxLength: 100 })
  @IsOptional()
  @IsString()
  @MaxLength(100)
  timeZone?: string;

  @ApiPropertyOptional({ maxLength: 100 })
  @IsOptional()
  @IsString()
  @MaxLength(100)
  dayFormat?: string;

  @ApiPropertyOptional({ maxLength: 128, description: 'The name of all events in the file.' })
  @IsOptional()
  @IsString()
  @MaxLength(128)
  event?: string;
}

export class ImportListRequest {
  @ApiPropertyOptional({ format: 'uuid', description: 'The `next` of the previous page.' })
  @IsOptional()
  @IsUUID()
  before?: string;

  @PageLimit() limit = usualPageLimit;
}

import { ApiPropertyOptional } from '@nestjs/swagger';
import { FromDigits, PageLimit, usualPageLimit } from '@sestante/runtime';
import { IsIn, IsInt, IsOptional, IsString, IsUUID, Max, MaxLength, Min } from 'class-validator';
import { type ImportFormat, importFormats } from '../formats/files/file-format.ts';
import { type DecimalMark, decimalMarks, type Encoding, encodings } from '../formats/files/mapping.ts';

/** Lines are counted in 32 bits. */
const mostLines = 2_147_483_647;
const yesOrNo = ['true', 'false'] as const;

export class UploadRequest {
  @ApiPropertyOptional({
    format: 'uuid',
    description: 'The id of an import that is to go on, or of a new one that can go on then.',
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
    description: 'The number of the first line that is sent, where those before it are kept.',
  })
  @FromDigits()
  @IsInt()
  @Min(1)
  @Max(mostLines)
  from = 1;

  @ApiPropertyOptional({
    enum: yesOrNo,
    description: '`true`: the file of an import that has come to its end was mended.',
  })
  @IsOptional()
  @IsIn(yesOrNo)
  mended?: 'true' | 'false';

  @ApiPropertyOptional({ enum: yesOrNo, description: '`true`: only what the first events would become.' })
  @IsOptional()
  @IsIn(yesOrNo)
  dry?: 'true' | 'false';

  @ApiPropertyOptional({
    maxLength: 64,
    description: 'The name of a mapping of the source; what is said beside it goes before it.',
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

  @ApiPropertyOptional({ maxLength: 128, description: 'What all events of the file are called.' })
  @IsOptional()
  @IsString()
  @MaxLength(128)
  event?: string;
}

export class ImportListRequest {
  @ApiPropertyOptional({ format: 'uuid', description: 'The `next` of an earlier answer.' })
  @IsOptional()
  @IsUUID()
  before?: string;

  @PageLimit() limit = usualPageLimit;
}

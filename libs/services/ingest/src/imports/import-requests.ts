import { FromDigits } from '@sestante/runtime';
import { IsIn, IsInt, IsOptional, IsString, IsUUID, Max, MaxLength, Min } from 'class-validator';
import { type ImportFormat, importFormats } from '../formats/files/file-format.ts';
import { type DecimalMark, decimalMarks, type Encoding, encodings } from '../formats/files/mapping.ts';

/** Lines are counted in 32 bits. */
const mostLines = 2_147_483_647;

export class UploadRequest {
  /** The id of an import that is to go on, or of a new one that can go on then. */
  @IsOptional() @IsUUID() id?: string;
  @IsOptional() @IsIn(importFormats) format?: ImportFormat;
  /** The number of the first line that is sent, where those before it are kept. */
  @FromDigits() @IsInt() @Min(1) @Max(mostLines) from = 1;
  /** `true`: the file of an import that has come to its end was mended. */
  @IsOptional() @IsIn(['true', 'false']) mended?: 'true' | 'false';
  /** `true`: only what the first events would become. */
  @IsOptional() @IsIn(['true', 'false']) dry?: 'true' | 'false';
  /** The name of a mapping of the source; what is said beside it goes before it. */
  @IsOptional() @IsString() @MaxLength(64) mapping?: string;
  @IsOptional() @IsIn(encodings) encoding?: Encoding;
  @IsOptional() @IsIn(decimalMarks) decimal?: DecimalMark;
  @IsOptional() @IsString() @MaxLength(100) timeZone?: string;
  @IsOptional() @IsString() @MaxLength(100) dayFormat?: string;
  /** What all events of the file are called. */
  @IsOptional() @IsString() @MaxLength(128) event?: string;
}

export class ImportListRequest {
  /** The `next` of an earlier answer. */
  @IsOptional() @IsUUID() before?: string;
  @FromDigits() @IsInt() @Min(1) @Max(500) limit = 50;
}

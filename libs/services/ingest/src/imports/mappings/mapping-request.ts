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
  @IfGiven() @IsObject() columns: Record<string, string | null> = {};
  @IfGiven() @IsIn(['read', 'ignore']) otherColumns: 'read' | 'ignore' = 'read';
  @IfGiven() @IsObject() values: Record<string, string | number | boolean> = {};
  @UnlessNull() @IsString() @MaxLength(longest) messageId: string | null = null;
  @UnlessNull() @IsString() @MaxLength(longest) groupBy: string | null = null;
  @IfGiven() @IsIn(encodings) encoding: Encoding = 'auto';
  @IfGiven() @IsInt() @Min(0) @Max(mostLinesSkipped) skipLines = 0;
  @UnlessNull() @IsIn(separators) separator: Separator | null = null;
  @UnlessNull() @IsIn(decimalMarks) decimal: DecimalMark | null = null;
  @UnlessNull() @IsIn(thousandsMarks) thousands: ThousandsMark | null = null;
  @UnlessNull() @IsString() @MaxLength(longest) dayFormat: string | null = null;
  @UnlessNull() @IsString() @MaxLength(longest) timeZone: string | null = null;
}

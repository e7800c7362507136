import { ApiProperty, ApiPropertyOptional } from '@nestjs/swagger';
import { type Element, elements } from '@sestante/engagement';
import { IsIn, IsOptional, IsString, MaxLength } from 'class-validator';

/** Of which element, and from when to when. */
export class ElementSpanQuery {
  @ApiProperty({ enum: elements })
  @IsIn(elements)
  element!: Element;

  @ApiPropertyOptional({ maxLength: 40, description: 'An instant in ISO 8601; the default is 90 days before `to`.' })
  @IsOptional()
  @IsString()
  @MaxLength(40)
  from?: string;

  @ApiPropertyOptional({ maxLength: 40, description: 'An instant in ISO 8601; the default is now.' })
  @IsOptional()
  @IsString()
  @MaxLength(40)
  to?: string;
}

import { applyDecorators } from '@nestjs/common';
import { ApiPropertyOptional } from '@nestjs/swagger';
import { IsInt, Max, Min } from 'class-validator';
import { FromDigits } from './from-digits.ts';

const most = 500;
/** What the property begins with. */
export const usualPageLimit = 50;

/** The most items that a page of a list may have, as a query: 1 to 500. */
export const PageLimit = () =>
  applyDecorators(
    ApiPropertyOptional({ type: 'integer', minimum: 1, maximum: most, default: usualPageLimit }),
    FromDigits(),
    IsInt(),
    Min(1),
    Max(most),
  );

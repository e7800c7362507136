import { applyDecorators } from '@nestjs/common';
import { ApiPropertyOptional } from '@nestjs/swagger';
import { IsInt, Max, Min } from 'class-validator';
import { FromDigits } from './from-digits.ts';

const most = 500;
/** The default value of the property. */
export const usualPageLimit = 50;

/** The query parameter `limit`: the largest number of items in a page, 1 to 500. */
export const PageLimit = () =>
  applyDecorators(
    ApiPropertyOptional({ type: 'integer', minimum: 1, maximum: most, default: usualPageLimit }),
    FromDigits(),
    IsInt(),
    Min(1),
    Max(most),
  );

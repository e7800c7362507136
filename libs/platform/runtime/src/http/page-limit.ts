import { applyDecorators } from '@nestjs/common';
import { ApiPropertyOptional } from '@nestjs/swagger';
import { IsInt, Max, Min } from 'class-validator';
import { FromDigits } from './from-digits.ts';

const most = 500;
/** The default value of the property. */
export const usualPageLimit = 50;

interface Limits {
  readonly most: number;
  /** The default value of the property. */
  readonly usual: number;
  readonly description?: string;
}

/** A query parameter with a number of items, from 1 on. */
export const ItemLimit = ({ most, usual, ...documented }: Limits) =>
  applyDecorators(
    ApiPropertyOptional({ type: 'integer', minimum: 1, maximum: most, default: usual, ...documented }),
    FromDigits(),
    IsInt(),
    Min(1),
    Max(most),
  );

/** The query parameter `limit`: the largest number of items in a page, 1 to 500. */
export const PageLimit = () => ItemLimit({ most, usual: usualPageLimit });

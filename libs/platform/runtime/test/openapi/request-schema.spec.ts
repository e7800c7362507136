import { expect, test } from '@jest/globals';
import {
  ArrayMaxSize,
  ArrayUnique,
  IsArray,
  IsBoolean,
  IsIn,
  IsInt,
  IsNumber,
  IsOptional,
  IsString,
  IsUUID,
  Matches,
  Max,
  MaxLength,
  Min,
  MinLength,
  NotContains,
  ValidateIf,
} from 'class-validator';
import { requestSchema } from '../../src/openapi/request-schema.ts';

const IfGiven = () => ValidateIf((_, value) => value !== undefined);

class AddressRequest {
  @IsString() @MinLength(1) @MaxLength(9) @NotContains('#') street!: string;
}

class OrderRequest extends AddressRequest {
  @IsInt() @Min(1) @Max(9) count!: number;
  @IsNumber() @Min(0) price = 1.5;
  @IsBoolean() @IfGiven() gift?: boolean;
  @IsOptional() @IsUUID() customer?: string;
  @Matches(/^a+$/) code!: string;
  @IsIn(['web', 'store']) channel!: string;
  @IfGiven() @IsArray() @ArrayUnique() @ArrayMaxSize(3) @IsIn(['x', 'y'], { each: true }) tags?: string[];
}

test('what class-validator is told is told in JSON Schema', () => {
  expect(requestSchema(OrderRequest)).toEqual({
    type: 'object',
    properties: {
      street: { type: 'string', minLength: 1, maxLength: 9, not: { pattern: '#' } },
      count: { type: 'integer', minimum: 1, maximum: 9 },
      price: { type: 'number', minimum: 0, default: 1.5 },
      gift: { type: 'boolean' },
      customer: { anyOf: [{ type: 'string', format: 'uuid' }, { type: 'null' }] },
      code: { type: 'string', pattern: '^a+$' },
      channel: { type: 'string', enum: ['web', 'store'] },
      tags: { type: 'array', items: { type: 'string', enum: ['x', 'y'] }, uniqueItems: true, maxItems: 3 },
    },
    required: ['count', 'code', 'channel', 'street'],
    additionalProperties: false,
  });
});

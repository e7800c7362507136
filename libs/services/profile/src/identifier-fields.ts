import { applyDecorators } from '@nestjs/common';
import { ApiProperty } from '@nestjs/swagger';
import { identifierKinds } from '@sestante/identity';
import {
  IsIn,
  IsISO31661Alpha2,
  IsOptional,
  IsString,
  Matches,
  MaxLength,
  MinLength,
  NotContains,
} from 'class-validator';

interface FieldOptions {
  readonly isRequired?: boolean;
  readonly description?: string;
}

const country = /^[A-Z]{2}$/;
const aCountry = { message: 'country must be a country in ISO 3166-1 alpha-2, such as IT' };

/** The kind of an identifier, as a field of a request. */
export const KindField = ({ isRequired = true, ...options }: FieldOptions = {}) =>
  field(isRequired, ApiProperty({ enum: identifierKinds, required: isRequired, ...options }), IsIn(identifierKinds));

/** The value of an identifier, as a field of a request. */
export const ValueField = ({ isRequired = true, ...options }: FieldOptions = {}) =>
  field(
    isRequired,
    ApiProperty({ minLength: 1, maxLength: 256, pattern: '^[^\\0]*$', required: isRequired, ...options }),
    IsString(),
    MinLength(1),
    MaxLength(256),
    NotContains('\0'),
  );

/** The country of a phone number without a country code, as an optional field of a request. */
export const CountryField = () =>
  field(
    false,
    ApiProperty({
      type: String,
      required: false,
      pattern: country.source,
      description: 'The country of a phone number without a country code, in ISO 3166-1 alpha-2.',
    }),
    Matches(country, aCountry),
    IsISO31661Alpha2(aCountry),
  );

function field(isRequired: boolean, ...decorators: PropertyDecorator[]): PropertyDecorator {
  return applyDecorators(...decorators, ...(isRequired ? [] : [IsOptional()]));
}

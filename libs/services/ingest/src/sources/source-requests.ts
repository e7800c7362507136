import { ApiProperty, ApiPropertyOptional } from '@nestjs/swagger';
import { consentSubjects } from '@sestante/contracts';
import {
  ArrayMaxSize,
  ArrayUnique,
  IsArray,
  IsBoolean,
  IsIn,
  IsInt,
  IsISO31661Alpha2,
  IsNumber,
  IsString,
  IsTimeZone,
  Matches,
  Max,
  MaxLength,
  Min,
  ValidateIf,
} from 'class-validator';
import { categoryLimits, IsConsentCategories } from './consent-categories.ts';
import { originPattern } from './origins.ts';
import {
  type Channel,
  channels,
  type ClaimableKind,
  claimableKinds,
  type ConsentCategories,
  country,
  type KeyKind,
  keyKinds,
} from '../types/source.ts';

/** Allows undefined, but not null. */
const IfGiven = () => ValidateIf((_, value) => value !== undefined);

const IfLimited = () => ValidateIf((_, value) => value !== undefined && value !== null);

const name = /^(?=.*\S)[^\p{Cc}\p{Cs}]{1,100}$/u;
const visible = { message: 'name must have 1 to 100 characters, none of them a control character' };
const wellFormed = {
  each: true,
  message:
    'each of origins must be like https://shop.example, https://*.shop.example or *, in lower case and without a path',
};

const aCountry = { message: 'country must be a country in ISO 3166-1 alpha-2, such as IT' };
const aZone = { message: 'timeZone must be the name of a time zone in the IANA database, such as Europe/Rome' };

class SettingsRequest {
  @ApiPropertyOptional({ enum: claimableKinds, isArray: true, uniqueItems: true })
  @IfGiven()
  @IsArray()
  @ArrayUnique()
  @IsIn(claimableKinds, { each: true })
  claims?: ClaimableKind[];

  @ApiPropertyOptional({
    type: 'array',
    items: { type: 'string', maxLength: 200, pattern: originPattern.source },
    maxItems: 50,
  })
  @IfGiven()
  @IsArray()
  @ArrayMaxSize(50)
  @MaxLength(200, { each: true })
  @Matches(originPattern, wellFormed)
  origins?: string[];

  @ApiPropertyOptional({
    type: 'integer',
    nullable: true,
    minimum: 1,
    maximum: 1_000_000,
    description: 'The most events that the source may send per second; null for no limit.',
  })
  @IfLimited()
  @IsInt()
  @Min(1)
  @Max(1_000_000)
  eventsPerSecond?: number | null;

  @ApiPropertyOptional()
  @IfGiven()
  @IsBoolean()
  isStrict?: boolean;

  @ApiPropertyOptional({
    description: "Whether its pages may link browsers to accounts without a customer's token. Then anybody may.",
  })
  @IfGiven()
  @IsBoolean()
  pagesMayLink?: boolean;

  @ApiPropertyOptional({
    type: String,
    nullable: true,
    maxLength: 100,
    description: 'The IANA name of the time zone of times without a zone; null if all times have a zone.',
  })
  @IfLimited()
  @IsString()
  @MaxLength(100)
  @IsTimeZone(aZone)
  timeZone?: string | null;

  @ApiPropertyOptional({
    type: String,
    nullable: true,
    pattern: country.source,
    description: 'The country of phone numbers without a country code, in ISO 3166-1 alpha-2; null if it is not known.',
  })
  @IfLimited()
  @Matches(country, aCountry)
  @IsISO31661Alpha2(aCountry)
  country?: string | null;

  @ApiPropertyOptional({
    type: 'object',
    additionalProperties: { type: 'array', items: { type: 'string', enum: [...consentSubjects] } },
    maxProperties: categoryLimits.categories,
    description:
      'The meaning of the categories of its consent platform, such as `{"C0004": ["offers", "email"]}`. A category that is mapped may grant and deny; any other can only deny.',
  })
  @IfGiven()
  @IsConsentCategories()
  consentCategories?: ConsentCategories;
}

export class NewSourceRequest extends SettingsRequest {
  @ApiProperty({ pattern: name.source })
  @Matches(name, visible)
  name!: string;

  @ApiProperty({ enum: channels })
  @IsIn(channels)
  channel!: Channel;

  @ApiPropertyOptional({
    enum: keyKinds,
    default: 'secret',
    description: 'The kind of the first key.',
  })
  @IsIn(keyKinds)
  key: KeyKind = 'secret';
}

export class SourceChangeRequest extends SettingsRequest {
  @ApiPropertyOptional({ pattern: name.source })
  @IfGiven()
  @Matches(name, visible)
  name?: string;

  @ApiPropertyOptional({ enum: channels })
  @IfGiven()
  @IsIn(channels)
  channel?: Channel;

  @ApiPropertyOptional()
  @IfGiven()
  @IsBoolean()
  isPaused?: boolean;
}

export class KeyRequest {
  @ApiProperty({ enum: keyKinds })
  @IsIn(keyKinds)
  kind!: KeyKind;
}

export class RotationRequest {
  @ApiPropertyOptional({
    type: 'number',
    minimum: 0,
    maximum: 720,
    default: 24,
    description: 'The number of hours for which both keys are valid.',
  })
  @IsNumber()
  @Min(0)
  @Max(720)
  overlapHours = 24;
}

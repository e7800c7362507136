import { ApiPropertyOptional } from '@nestjs/swagger';
import { type ActivityReceived, consentPurposes, contactChannels, timeZoneName } from '@sestante/contracts';
import { Type } from 'class-transformer';
import {
  IsIn,
  IsObject,
  IsOptional,
  IsString,
  IsTimeZone,
  Matches,
  MaxLength,
  MinLength,
  ValidateNested,
} from 'class-validator';
import { maxPolicyVersionLength, maxWordingLength } from '../consent-records.ts';
import { settingLimits } from './contact-settings.ts';
import { BudgetRequest, QuietHoursRequest } from './setting-requests.ts';

const channels = ['web', 'mobile', 'store', 'service', 'other'] as const;
/** Text that can be stored: no NUL, no half of a surrogate pair. */
const storable = /^[^\0\p{Cs}]*$/u;
const languageTag = /^[A-Za-z]{2,3}(-[A-Za-z0-9]{2,8}){0,4}$/;
const dayOrInstant = /^\d{4}-\d\d-\d\d(T\d\d:\d\d(:\d\d(\.\d{1,9})?)?(Z|[+-]\d\d:\d\d))?$/;
const aZone = { message: 'timeZone must be the name of a time zone in the IANA database, such as Europe/Rome' };

const aConsent = { type: 'string' as const, enum: ['granted', 'denied', 'unknown'] };
const consentSchema = (names: readonly string[]) => ({
  type: 'object' as const,
  properties: Object.fromEntries(names.map((name) => [name, aConsent])),
  additionalProperties: false,
});

/** The fields that are to change. Null removes a setting. */
export class ContactPolicyRequest {
  @ApiPropertyOptional({
    ...consentSchema(consentPurposes),
    description: 'Consents by purpose. `unknown` changes nothing; a consent is withdrawn by `denied`.',
  })
  @IsOptional()
  @IsObject()
  consents?: Record<string, unknown>;
  @ApiPropertyOptional({ ...consentSchema(contactChannels), description: 'Consents to contact by channel.' })
  @IsOptional()
  @IsObject()
  channels?: Record<string, unknown>;
  @ApiPropertyOptional({
    type: QuietHoursRequest,
    nullable: true,
    description: 'They need a `timeZone`, now or before.',
  })
  @IsOptional()
  @IsObject()
  @ValidateNested()
  @Type(() => QuietHoursRequest)
  quietHours?: QuietHoursRequest | null;
  @ApiPropertyOptional({
    type: String,
    nullable: true,
    maxLength: 100,
    description: 'The IANA name of the time zone, such as `Europe/Rome`. Offsets and abbreviations are not accepted.',
  })
  @IsOptional()
  @MaxLength(100)
  @Matches(timeZoneName, aZone)
  @IsTimeZone(aZone)
  timeZone?: string | null;
  @ApiPropertyOptional({ type: BudgetRequest, nullable: true })
  @IsOptional()
  @IsObject()
  @ValidateNested()
  @Type(() => BudgetRequest)
  budget?: BudgetRequest | null;
  @ApiPropertyOptional({
    type: String,
    nullable: true,
    maxLength: 40,
    pattern: dayOrInstant.source,
    description: `A day in the time zone of the customer, or an instant in RFC 3339; in the future, at most ${settingLimits.pauseYears} years ahead.`,
  })
  @IsOptional()
  @MaxLength(40)
  @Matches(dayOrInstant)
  pausedUntil?: string | null;
  @ApiPropertyOptional({
    type: String,
    nullable: true,
    maxLength: 35,
    pattern: languageTag.source,
    description: 'A BCP 47 tag such as `it` or `de-AT`.',
  })
  @IsOptional()
  @MaxLength(35)
  @Matches(languageTag)
  language?: string | null;
  @ApiPropertyOptional({
    minLength: 1,
    maxLength: maxWordingLength,
    pattern: storable.source,
    description: 'The text that the customer agreed to or refused, kept as proof of the consents of this request.',
  })
  @IsOptional()
  @IsString()
  @MinLength(1)
  @MaxLength(maxWordingLength)
  @Matches(storable)
  wording?: string;
  @ApiPropertyOptional({
    minLength: 1,
    maxLength: maxPolicyVersionLength,
    pattern: storable.source,
    description: 'The version of that text.',
  })
  @IsOptional()
  @IsString()
  @MinLength(1)
  @MaxLength(maxPolicyVersionLength)
  @Matches(storable)
  policyVersion?: string;
  @ApiPropertyOptional({
    enum: channels,
    description: 'Where the customer said it; `web` for a customer token and `service` for an API key if it is absent.',
  })
  @IsOptional()
  @IsIn(channels)
  channel?: ActivityReceived['channel'];
}

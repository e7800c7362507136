import {
  ArrayMaxSize,
  ArrayUnique,
  IsArray,
  IsBoolean,
  IsIn,
  IsInt,
  IsNumber,
  IsString,
  IsTimeZone,
  Matches,
  Max,
  MaxLength,
  Min,
  ValidateIf,
} from 'class-validator';
import { originPattern } from './origins.ts';
import { type Channel, channels, type ClaimableKind, claimableKinds, type KeyKind, keyKinds } from '../types/source.ts';

/** May be left out, but not be null. */
const IfGiven = () => ValidateIf((_, value) => value !== undefined);

const IfLimited = () => ValidateIf((_, value) => value !== undefined && value !== null);

const name = /^(?=.*\S)[^\p{Cc}\p{Cs}]{1,100}$/u;
const visible = { message: 'name must have 1 to 100 characters, none of them a control character' };
const wellFormed = {
  each: true,
  message:
    'origins must be such as https://shop.example, https://*.shop.example or *, in lower case and without a path',
};

const aZone = { message: 'timeZone must be the name of a time zone in the IANA database, such as Europe/Rome' };

class SettingsRequest {
  @IfGiven() @IsArray() @ArrayUnique() @IsIn(claimableKinds, { each: true }) claims?: ClaimableKind[];
  @IfGiven()
  @IsArray()
  @ArrayMaxSize(50)
  @MaxLength(200, { each: true })
  @Matches(originPattern, wellFormed)
  origins?: string[];
  /** null takes the limit away. */
  @IfLimited() @IsInt() @Min(1) @Max(1_000_000) eventsPerSecond?: number | null;
  @IfGiven() @IsBoolean() isStrict?: boolean;
  /** null where it says all times with their zone. */
  @IfLimited() @IsString() @MaxLength(100) @IsTimeZone(aZone) timeZone?: string | null;
}

export class NewSourceRequest extends SettingsRequest {
  @Matches(name, visible) name!: string;
  @IsIn(channels) channel!: Channel;
  /** The kind of its first key. */
  @IsIn(keyKinds) key: KeyKind = 'secret';
}

export class SourceChangeRequest extends SettingsRequest {
  @IfGiven() @Matches(name, visible) name?: string;
  @IfGiven() @IsIn(channels) channel?: Channel;
  @IfGiven() @IsBoolean() isPaused?: boolean;
}

export class KeyRequest {
  @IsIn(keyKinds) kind!: KeyKind;
}

export class RotationRequest {
  /** So many hours both keys are worth something. */
  @IsNumber() @Min(0) @Max(720) overlapHours = 24;
}

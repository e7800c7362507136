import { ApiProperty, ApiPropertyOptional } from '@nestjs/swagger';
import { PageLimit, Problem, usualPageLimit } from '@sestante/runtime';
import { IsIn, IsOptional, IsString, Matches, MaxLength, MinLength } from 'class-validator';
import { readCursor } from '../cursor.ts';
import { rfc3339 } from '../rfc3339.ts';
import { expiryOf, maxYears } from './expiry.ts';
import { audiences, noteKinds, type NoteResponse } from './note-response.ts';
import { maxTextLength, noteTextOf } from './note-text.ts';
import type { NotePosition } from './notes.ts';

export class NoteRequest {
  @ApiProperty({ enum: noteKinds })
  @IsIn(noteKinds)
  kind!: NoteResponse['kind'];
  @ApiProperty({
    minLength: 1,
    maxLength: maxTextLength,
    description:
      'Plain text of 1 to 2,000 characters after trimming. HTML is kept as text. Of control characters, only line breaks are allowed.',
  })
  @IsString()
  @MinLength(1)
  @MaxLength(maxTextLength)
  text!: string;
  @ApiProperty({ enum: audiences, description: 'Who may see it besides its author and marketing.' })
  @IsIn(audiences)
  audience!: NoteResponse['audience'];
  @ApiPropertyOptional({ format: 'date-time', description: `In the future, at most ${maxYears} years ahead.` })
  @IsOptional()
  @Matches(rfc3339)
  expiresAt?: string;
}

export class NotesQuery {
  @ApiPropertyOptional({ maxLength: 200, description: 'The `next` of the previous page.' })
  @IsOptional()
  @IsString()
  @MaxLength(200)
  before?: string;
  @PageLimit() limit = usualPageLimit;
}

/** Throws 400. */
export function checkedText(given: string): string {
  const text = noteTextOf(given);
  if (text === undefined)
    throw new Problem(
      400,
      'bad-text',
      '`text` must have 1 to 2,000 characters, and no control characters but line breaks.',
    );
  return text;
}

/** Null if it is not given. Throws 400. */
export function checkedExpiry(given: string | undefined, now: Date): Date | null {
  if (given === undefined) return null;
  const expiresAt = expiryOf(given, now);
  if (!expiresAt)
    throw new Problem(400, 'bad-expiry', `\`expiresAt\` must be in the future, at most ${maxYears} years ahead.`);
  return expiresAt;
}

/** Throws 400. */
export function positionOf(before: string): NotePosition {
  const cursor = readCursor(before);
  if (!cursor) throw new Problem(400, 'bad-cursor', 'Send the `next` of a page as `before`.');
  return { createdAt: cursor.timestamp, noteId: cursor.activityId };
}

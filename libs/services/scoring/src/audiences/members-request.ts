import { ApiProperty, ApiPropertyOptional } from '@nestjs/swagger';
import { ItemLimit, PageLimit, usualPageLimit } from '@sestante/runtime';
import { IsOptional, IsUUID } from 'class-validator';

const usualSample = 10;

export class MembersQuery {
  @ApiPropertyOptional({ format: 'uuid', description: 'The `next` of the previous page.' })
  @IsOptional()
  @IsUUID()
  cursor?: string;

  @PageLimit() limit = usualPageLimit;
}

export class SampleQuery {
  @ItemLimit({ most: 100, usual: usualSample, description: 'The number of members.' })
  size = usualSample;
}

export class OverlapQuery {
  @ApiProperty({ format: 'uuid', description: 'The id of the other audience.' })
  @IsUUID()
  with!: string;
}

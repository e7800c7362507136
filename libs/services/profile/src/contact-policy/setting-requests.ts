import { ApiProperty } from '@nestjs/swagger';
import { IsInt, IsNumber, Max, Min } from 'class-validator';
import { settingLimits } from './contact-settings.ts';

export class QuietHoursRequest {
  @ApiProperty({
    type: 'number',
    minimum: 0,
    maximum: settingLimits.hours,
    description: 'The hour; 21.5 is half past nine.',
  })
  @IsNumber()
  @Min(0)
  @Max(settingLimits.hours)
  from!: number;
  @ApiProperty({ type: 'number', minimum: 0, maximum: settingLimits.hours })
  @IsNumber()
  @Min(0)
  @Max(settingLimits.hours)
  to!: number;
}

export class BudgetRequest {
  @ApiProperty({ type: 'integer', minimum: 0, maximum: settingLimits.most })
  @IsInt()
  @Min(0)
  @Max(settingLimits.most)
  most!: number;
  @ApiProperty({ type: 'integer', minimum: 1, maximum: settingLimits.perDays })
  @IsInt()
  @Min(1)
  @Max(settingLimits.perDays)
  perDays!: number;
}

import { Injectable } from '@nestjs/common';
import { type Config, HourlyJobs, InjectConfig } from '@sestante/runtime';
import { ImportLines } from './import-lines.ts';

/** Deletes the lines of imports after the retention time of rejected events: at the start, and every hour. */
@Injectable()
export class ForgetLines {
  constructor(lines: ImportLines, hourly: HourlyJobs, @InjectConfig() config: Config) {
    hourly.add('postgres/ingest', async () => void (await lines.forget(config.SESTANTE_REJECTED_DAYS)));
  }
}

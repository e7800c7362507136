import { Injectable } from '@nestjs/common';
import { reasonOf } from '@sestante/postgres';
import { HourlyJobs, InjectLogger, type Logger } from '@sestante/runtime';
import { Notes } from './notes.ts';

/** Removes the notes that have expired: at the start, which does not wait for it, and every hour. Until then they are stored, but nobody sees them. */
@Injectable()
export class RemoveExpiredNotes {
  constructor(
    private readonly notes: Notes,
    hourly: HourlyJobs,
    @InjectLogger() private readonly logger: Logger,
  ) {
    hourly.add('postgres/profile', async () => void this.remove());
  }

  private async remove(): Promise<void> {
    try {
      const notes = await this.notes.removeExpired();
      if (notes > 0) this.logger.info({ notes }, 'removed notes that have expired');
    } catch (error) {
      this.logger.warn(`expired notes are not removed, the next hour tries again: ${reasonOf(error)}`);
    }
  }
}

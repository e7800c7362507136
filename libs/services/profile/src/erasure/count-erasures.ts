import { Injectable } from '@nestjs/common';
import { Dependencies, InjectMetrics, type Metrics, Stats } from '@sestante/runtime';
import { Gauge } from 'prom-client';
import { DataSource } from 'typeorm';

interface Counts {
  readonly erasures: number;
  readonly droppedActivities: number;
}

/** Adds the numbers of erasures, and of activities that were dropped because they arrived after one, to the statistics and metrics. */
@Injectable()
export class CountErasures {
  constructor(
    stats: Stats,
    dependencies: Dependencies,
    private readonly dataSource: DataSource,
    @InjectMetrics() { registry }: Metrics,
  ) {
    stats.add(async () => ({ ...(await this.count()) }));
    const count = () => this.count();
    new Gauge({
      name: 'sestante_dropped_activities',
      help: 'Activities that were not stored, because their customer was erased after they happened.',
      registers: [registry],
      async collect() {
        if (Object.keys(dependencies.unavailable()).length > 0) return;
        const counts = await count().catch(() => undefined);
        if (counts) this.set(counts.droppedActivities);
      },
    });
  }

  private async count(): Promise<Counts> {
    const [row] = await this.dataSource.query<Counts[]>(
      `select (select count(*)::int from profile.erasure) as erasures,
              (select count::float8 from profile.dropped) as "droppedActivities"`,
    );
    return row!;
  }
}

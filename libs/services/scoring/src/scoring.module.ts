import { Module } from '@nestjs/common';
import { MonthlyPartitions } from '@sestante/postgres';
import { CrossOrigin, DatabaseModule, FormerIds } from '@sestante/runtime';
import { DataSource } from 'typeorm';
import { CountEvidence } from './count-evidence.ts';
import { ExportScores } from './export-scores.handler.ts';
import { FoldOldEvidence } from './fold-old-evidence.ts';
import { LiveModel } from './live-model.ts';
import { ScoreActivities } from './score-activities.handler.ts';
import { ScoresController } from './scores.controller.ts';
import { evidenceMonths } from './store/evidence-months.ts';
import { migrations } from './store/migrations.ts';
import { modelTable } from './store/model.table.ts';
import { findPresentId } from './store/present-id.ts';

/** Measures the relationship with each customer: evidence, the six scores, and their explanations. */
@Module({
  imports: [DatabaseModule.for({ schema: 'scoring', entities: [modelTable], migrations })],
  controllers: [ScoreActivities, ScoresController, ExportScores],
  providers: [
    { provide: MonthlyPartitions, inject: [DataSource], useFactory: evidenceMonths },
    LiveModel,
    FoldOldEvidence,
    CountEvidence,
  ],
})
export class ScoringModule {
  constructor(crossOrigin: CrossOrigin, formerIds: FormerIds, dataSource: DataSource, live: LiveModel) {
    formerIds.findBy(async (customerId) => findPresentId(dataSource, live.modelId, customerId));
    crossOrigin.allowConfiguredOrigins(
      ...['scores', 'scores/:element/explanation'].map((path) => `/api/v1/customers/:id/${path}`),
    );
  }
}

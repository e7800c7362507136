import { Module } from '@nestjs/common';
import { DatabaseModule } from '@sestante/runtime';
import { CountEvidence } from './count-evidence.ts';
import { EvidenceMonths } from './evidence-months.ts';
import { LiveModel } from './live-model.ts';
import { ScoreActivities } from './score-activities.handler.ts';
import { ScoresController } from './scores.controller.ts';
import { migrations } from './store/migrations.ts';
import { modelTable } from './store/model.table.ts';

/** Measures the relationship with each customer: evidence, the six scores, and their explanations. */
@Module({
  imports: [DatabaseModule.for({ schema: 'scoring', entities: [modelTable], migrations })],
  controllers: [ScoreActivities, ScoresController],
  providers: [LiveModel, EvidenceMonths, CountEvidence],
})
export class ScoringModule {}

import { Module } from '@nestjs/common';
import { MonthlyPartitions } from '@sestante/postgres';
import { CrossOrigin, DatabaseModule, FormerIds } from '@sestante/runtime';
import { DataSource } from 'typeorm';
import { AudiencesController } from './audiences/audiences.controller.ts';
import { MembersController } from './audiences/members.controller.ts';
import { UpdateMembers } from './audiences/update-members.ts';
import { KeepViews } from './bi/keep-views.ts';
import { CountActivities } from './count-activities.ts';
import { ExportScores } from './export-scores.handler.ts';
import { ExportsController } from './exports/exports.controller.ts';
import { FoldOldActivities } from './fold-old-activities.ts';
import { ScoreStreamController } from './live/score-stream.controller.ts';
import { ScoreStreams } from './live/score-streams.ts';
import { LiveModel } from './live-model.ts';
import { DryRunController } from './models/dry-run.controller.ts';
import { DraftsFromFiles } from './models/drafts-from-files.ts';
import { ModelActivitiesController } from './models/model-activities.controller.ts';
import { ModelsController } from './models/models.controller.ts';
import { RunShadows } from './models/shadow/run-shadows.ts';
import { ShadowsController } from './models/shadows.controller.ts';
import { RulesController } from './rules/rules.controller.ts';
import { HistoryController } from './over-time/history.controller.ts';
import { CustomersController } from './customers/customers.controller.ts';
import { FollowScores } from './follow-scores.handler.ts';
import { HealScoreRows } from './read-model/heal-score-rows.ts';
import { CountDays } from './population/count-days.ts';
import { PopulationController } from './population/population.controller.ts';
import { Summaries } from './population/summaries.ts';
import { ScoreActivities } from './score-activities.handler.ts';
import { ScoresController } from './scores.controller.ts';
import { activityMonths } from './store/activity-months.ts';
import { migrations } from './store/migrations.ts';
import { modelTable } from './store/model.table.ts';
import { findPresentId } from './store/present-id.ts';
import { MeasureDifference } from './verify/measure-difference.ts';

/** Measures the relationship with each customer: evidence, the six scores, and their explanations. */
@Module({
  imports: [DatabaseModule.for({ schema: 'scoring', entities: [modelTable], migrations })],
  controllers: [
    ScoreActivities,
    FollowScores,
    ScoresController,
    HistoryController,
    ScoreStreamController,
    PopulationController,
    CustomersController,
    ExportScores,
    ModelsController,
    ModelActivitiesController,
    DryRunController,
    ShadowsController,
    RulesController,
    AudiencesController,
    MembersController,
    ExportsController,
  ],
  providers: [
    { provide: MonthlyPartitions, inject: [DataSource], useFactory: activityMonths },
    LiveModel,
    DraftsFromFiles,
    RunShadows,
    MeasureDifference,
    FoldOldActivities,
    CountActivities,
    ScoreStreams,
    HealScoreRows,
    Summaries,
    CountDays,
    KeepViews,
    UpdateMembers,
  ],
})
export class ScoringModule {
  constructor(crossOrigin: CrossOrigin, formerIds: FormerIds, dataSource: DataSource) {
    formerIds.findBy(async (customerId) => findPresentId(dataSource, customerId));
    crossOrigin.allowConfiguredOrigins(
      ...['scores', 'scores/history', 'scores/stream', 'scores/:element/explanation'].map(
        (path) => `/api/v1/customers/:id/${path}`,
      ),
    );
  }
}

import { Controller, Delete, Get, HttpCode, Param, Post } from '@nestjs/common';
import { ApiAcceptedResponse, ApiNoContentResponse, ApiOkResponse, ApiOperation, ApiTags } from '@nestjs/swagger';
import {
  ApiProblem,
  actorOf,
  AuditLog,
  CallerAccess,
  InjectLogger,
  jsonSchema,
  type KeyCaller,
  type Logger,
  notFound,
  Problem,
  Roles,
} from '@sestante/runtime';
import { DataSource } from 'typeorm';
import { LiveModel, type LoadedModel } from '../live-model.ts';
import { discardShadow } from './discard.ts';
import { findModel } from './drafts.ts';
import { ModelSummary } from './model-response.ts';
import { promote } from './promote.ts';
import { DifferencesResponse, ShadowResponse } from './shadow-response.ts';
import { RunShadows } from './shadow/run-shadows.ts';
import { findDifferences, findShadow, progressOf, setState } from './shadow/shadows.ts';
import { startShadow } from './shadow/start.ts';
import { toSummary } from './to-response.ts';

/** Reads the history under a model, beside the live one, compares both, and makes the model live. */
@Roles('marketing')
@ApiTags('Models')
@ApiProblem(404, 'not-found')
@Controller('api/v1/models/:version')
export class ShadowsController {
  constructor(
    private readonly dataSource: DataSource,
    private readonly live: LiveModel,
    private readonly shadows: RunShadows,
    private readonly audit: AuditLog,
    @InjectLogger() private readonly logger: Logger,
  ) {}

  @ApiOperation({
    summary: 'Reads the whole history under the model, in the background.',
    description:
      'The live model stays as it is. A shadow that was paused or has failed goes on. One that is done reads what has changed since, and compares again.',
  })
  @ApiAcceptedResponse({ schema: jsonSchema(ShadowResponse) })
  @ApiProblem(409, 'already-live')
  @HttpCode(202)
  @Post('shadow')
  async start(@Param('version') version: string, @CallerAccess() { keyId }: KeyCaller): Promise<ShadowResponse> {
    await startShadow(this.dataSource, version);
    this.logger.info({ version, keyId }, 'shadow of a model started');
    this.shadows.notify();
    return this.progress(version);
  }

  @ApiOperation({ summary: 'Returns how far the shadow of the model is.' })
  @ApiOkResponse({ schema: jsonSchema(ShadowResponse) })
  @Get('shadow')
  async progress(@Param('version') version: string): Promise<ShadowResponse> {
    const model = await findModel(this.dataSource, version);
    if (!model) throw notFound('model');
    const shadow = await findShadow(this.dataSource, model.modelId);
    if (!shadow) throw notFound('shadow');
    const { state, members, activities, total, fault, startedAt, finishedAt } = shadow;
    return {
      version,
      state,
      progress: progressOf(shadow),
      members,
      activities,
      total,
      fault,
      startedAt: startedAt.toISOString(),
      finishedAt: finishedAt?.toISOString() ?? null,
    };
  }

  @ApiOperation({ summary: 'Pauses the shadow, which keeps what it has read.' })
  @ApiOkResponse({ schema: jsonSchema(ShadowResponse) })
  @ApiProblem(409, 'shadow-done')
  @HttpCode(200)
  @Post('shadow/pause')
  async pause(@Param('version') version: string): Promise<ShadowResponse> {
    await setState(this.dataSource, version, 'paused');
    return this.progress(version);
  }

  @ApiOperation({ summary: 'Resumes the shadow where it was paused or has failed.' })
  @ApiOkResponse({ schema: jsonSchema(ShadowResponse) })
  @ApiProblem(409, 'shadow-done')
  @HttpCode(200)
  @Post('shadow/resume')
  async resume(@Param('version') version: string): Promise<ShadowResponse> {
    await setState(this.dataSource, version, 'running');
    this.shadows.notify();
    return this.progress(version);
  }

  @ApiOperation({
    summary: 'Stops the shadow, and removes what it has read.',
    description: 'The model is a draft again, and can be changed.',
  })
  @ApiNoContentResponse()
  @ApiProblem(409, 'no-shadow')
  @HttpCode(204)
  @Delete('shadow')
  async discard(@Param('version') version: string): Promise<void> {
    await discardShadow(this.dataSource, version);
  }

  @ApiOperation({
    summary: 'Returns how the scores of all customers would move if the model became live, and the biggest movers.',
  })
  @ApiOkResponse({ schema: jsonSchema(DifferencesResponse) })
  @ApiProblem(409, 'not-ready')
  @Get('differences')
  async differences(
    @Param('version') version: string,
    @CallerAccess() caller: KeyCaller,
  ): Promise<DifferencesResponse> {
    const { modelId } = await this.required(version);
    const found = await findDifferences<DifferencesResponse>(this.dataSource, modelId);
    if (!found) throw new Problem(409, 'not-ready', `The shadow of the model ${version} is not done yet.`);
    const customerIds = found.movers.map(({ customerId }) => customerId);
    await this.audit.add({ action: 'scores.read', customerIds, actor: actorOf(caller) });
    return found;
  }

  @ApiOperation({
    summary: 'Makes the model live, in one transaction.',
    description:
      'Every reader switches between two requests. Its shadow must be done. The former model is retired; start its shadow and promote it to roll back.',
  })
  @ApiOkResponse({ schema: jsonSchema(ModelSummary) })
  @ApiProblem(409, 'not-ready', 'already-live', 'promoted-meanwhile')
  @HttpCode(200)
  @Post('promote')
  async promote(@Param('version') version: string, @CallerAccess() { keyId }: KeyCaller): Promise<ModelSummary> {
    await promote(this.dataSource, this.live, await this.required(version));
    this.logger.info({ version, keyId }, 'model promoted');
    return toSummary((await findModel(this.dataSource, version))!, undefined);
  }

  private async required(version: string): Promise<LoadedModel> {
    const found = await this.live.find(version);
    if (!found) throw notFound('model');
    return found;
  }
}

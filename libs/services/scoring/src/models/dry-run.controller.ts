import { Body, Controller, HttpCode, Param, Post } from '@nestjs/common';
import { ApiBody, ApiOkResponse, ApiOperation, ApiProperty, ApiTags } from '@nestjs/swagger';
import type { State } from '@sestante/engagement';
import { ApiProblem, Audited, jsonSchema, Roles } from '@sestante/runtime';
import { IsUUID } from 'class-validator';
import { DataSource } from 'typeorm';
import { askedModels } from '../asked-history.ts';
import { LiveModel, type LoadedModel } from '../live-model.ts';
import { toScores } from '../to-scores.ts';
import { dryRun } from './dry-run.ts';
import { DryRunResponse } from './shadow-response.ts';

class DryRunRequest {
  @ApiProperty({ format: 'uuid', description: 'The id of a customer.' })
  @IsUUID()
  customerId!: string;
}

/** Tries a model on one customer. */
@Roles('marketing')
@ApiTags('Models')
@ApiProblem(404, 'not-found')
@Controller('api/v1/models/:version/dry-run')
export class DryRunController {
  constructor(
    private readonly dataSource: DataSource,
    private readonly live: LiveModel,
  ) {}

  @Audited('scores.read')
  @ApiOperation({ summary: 'Reads the history of one customer under the model, and stores nothing.' })
  @ApiBody({
    type: DryRunRequest,
    examples: { customer: { value: { customerId: '0199c0de-0000-7000-8000-000000000001' } } },
  })
  @ApiOkResponse({ schema: jsonSchema(DryRunResponse) })
  @ApiProblem(410, 'customer-erased')
  @HttpCode(200)
  @Post()
  async dryRun(@Param('version') version: string, @Body() { customerId }: DryRunRequest): Promise<DryRunResponse> {
    const { live, loaded } = await askedModels(this.live, version);
    const at = Date.now();
    const run = await dryRun(this.dataSource, { live, loaded }, { customerId, at });
    const under = ({ model }: LoadedModel, state: State) => toScores(model, { customerId: run.customerId, state }, at);
    return {
      customerId: run.customerId,
      before: under(live, run.before),
      after: under(loaded, run.after),
      rules: [...run.rules],
    };
  }
}

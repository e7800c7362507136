import { Controller, Get, Param } from '@nestjs/common';
import { ApiOkResponse, ApiOperation, ApiTags } from '@nestjs/swagger';
import { ApiProblem, jsonSchema, notFound, Roles } from '@sestante/runtime';
import { LiveModel } from '../live-model.ts';
import { activitiesOf, type ActivityOfModel } from './activities-of-model.ts';
import { ActivitiesResponse } from './activities-response.ts';

/** Says what a model makes of each activity. */
@Roles('admin', 'marketing', 'clerk')
@ApiTags('Models')
@Controller('api/v1/models/:version/activities')
export class ModelActivitiesController {
  constructor(private readonly live: LiveModel) {}

  @ApiOperation({
    summary: 'Says what a model makes of each activity: the elements that it moves, by which rules, and why.',
  })
  @ApiOkResponse({ schema: jsonSchema(ActivitiesResponse) })
  @ApiProblem(404, 'not-found')
  @Get()
  async list(@Param('version') version: string): Promise<{ model: string; items: ActivityOfModel[] }> {
    const found = await this.live.find(version);
    if (!found) throw notFound('model');
    return { model: version, items: activitiesOf(found.model) };
  }
}

import { Controller, Get, Query } from '@nestjs/common';
import { ApiOkResponse, ApiOperation, ApiPropertyOptional, ApiTags } from '@nestjs/swagger';
import { type Contribution, channelSpreadId, curve, explain, latestActivityAt, rhythmId } from '@sestante/engagement';
import { ApiProblem, Audited, CustomerId, CustomerOrRoles, ItemLimit, jsonSchema } from '@sestante/runtime';
import { IsIn } from 'class-validator';
import { DataSource } from 'typeorm';
import { historyUnder } from '../asked-history.ts';
import { iso } from '../asked-instant.ts';
import { ElementSpanQuery } from '../asked-span.ts';
import { LiveModel } from '../live-model.ts';
import type { History } from '../store/read-history.ts';
import { ScoreHistory } from './history-response.ts';
import { type Step, mostSteps, spanOf, steps } from './steps.ts';

class HistoryQuery extends ElementSpanQuery {
  @ApiPropertyOptional({
    enum: steps,
    default: 'day',
    description: `At most ${mostSteps} steps from \`from\` to \`to\`.`,
  })
  @IsIn(steps)
  step: Step = 'day';

  @ItemLimit({ most: 1_000, usual: 200, description: 'How many activities are listed.' })
  limit = 200;
}

/** Reads how a score of a customer has moved. */
@ApiTags('Scores')
@Controller('api/v1/customers/:id/scores/history')
export class HistoryController {
  constructor(
    private readonly dataSource: DataSource,
    private readonly live: LiveModel,
  ) {}

  @CustomerOrRoles('marketing', 'clerk', 'app')
  @Audited('scores.read')
  @ApiOperation({ summary: 'Returns bond and mood of one element over time, and the activities that moved them.' })
  @ApiOkResponse({ schema: jsonSchema(ScoreHistory) })
  @ApiProblem(400, 'bad-instant', 'bad-span')
  @ApiProblem(404, 'not-found')
  @Get()
  async read(@CustomerId() asked: string, @Query() query: HistoryQuery): Promise<ScoreHistory> {
    const { element, limit } = query;
    const span = spanOf(query, Date.now());
    const loaded = await this.live.read();
    const { model } = loaded;
    const until = { at: undefined, until: span.to };
    const history = await historyUnder(
      this.dataSource,
      { live: loaded, loaded },
      { customerId: asked, ...until, element },
    );
    const { customerId, evidence, base, closed } = history;
    const earliest = latestActivityAt(base);
    const instants = span.instants.filter((instant) => instant >= (earliest ?? instant));
    const points = curve(model, evidence, instants, base, closed);
    const isWithin = ({ at, activityId }: Contribution) =>
      at >= span.from && activityId !== rhythmId && activityId !== channelSpreadId;
    const moved =
      instants.length === 0
        ? []
        : explain(model, evidence, { element, scale: 'bond', at: span.to }, base, closed).contributions;
    return {
      customerId,
      model: model.version,
      element,
      items: points.map(
        (
          {
            elements: {
              [element]: { bond, mood },
            },
          },
          index,
        ) => ({ at: iso(instants[index]!), bond, mood }),
      ),
      activities: listed(moved.filter(isWithin).slice(0, limit), history),
      earliest: earliest === undefined ? null : iso(earliest),
    };
  }
}

/** Oldest first, with the channel of each. */
function listed(contributions: readonly Contribution[], { evidence }: History): ScoreHistory['activities'] {
  const channels = new Map(evidence.map(({ activityId, channel }) => [activityId, channel]));
  return contributions
    .toSorted((one, other) => one.at - other.at)
    .map(({ activityId, name, at, contribution, because }) => ({
      activityId,
      name,
      channel: channels.get(activityId)!,
      at: iso(at),
      contribution,
      because,
    }));
}

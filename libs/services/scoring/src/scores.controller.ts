import { Controller, Get, Param, ParseEnumPipe, Query } from '@nestjs/common';
import { ApiOkResponse, ApiOperation, ApiParam, ApiPropertyOptional, ApiTags } from '@nestjs/swagger';
import {
  type Element,
  elements,
  explain,
  fold,
  latestActivityAt,
  type Scale,
  scales,
  scoresAt,
  type State,
} from '@sestante/engagement';
import {
  ApiProblem,
  Audited,
  customerErased,
  CustomerId,
  CustomerOrRoles,
  jsonSchema,
  notFound,
  Problem,
} from '@sestante/runtime';
import { IsIn, IsOptional, IsString, MaxLength } from 'class-validator';
import { DataSource } from 'typeorm';
import { instantOf, iso } from './asked-instant.ts';
import { LiveModel } from './live-model.ts';
import { ExplanationResponse, ScoresResponse } from './scores-response.ts';
import { isErased } from './store/erasures.ts';
import { type History, readHistory } from './store/read-history.ts';
import { readMembers } from './store/read-members.ts';
import { sumOf } from './sum-of.ts';

class ScoresQuery {
  @ApiPropertyOptional({
    maxLength: 40,
    description:
      'An instant in ISO 8601; the default is now. It must not be before the latest activity of the customer whose evidence is no longer kept.',
  })
  @IsOptional()
  @IsString()
  @MaxLength(40)
  at?: string;
}

class ExplanationQuery extends ScoresQuery {
  @ApiPropertyOptional({ enum: scales, default: 'bond' })
  @IsIn(scales)
  scale: Scale = 'bond';
}

const elementNames = Object.fromEntries(elements.map((element) => [element, element]));

const unknownElement = () => new Problem(400, 'bad-element', `\`element\` must be one of ${elements.join(', ')}.`);

/** Reads the six scores of a customer at any instant, and their explanations. */
@ApiTags('Scores')
@Controller('api/v1/customers/:id/scores')
export class ScoresController {
  constructor(
    private readonly dataSource: DataSource,
    private readonly live: LiveModel,
  ) {}

  @CustomerOrRoles('marketing', 'clerk', 'app')
  @Audited('scores.read')
  @ApiOperation({ summary: 'Returns the six scores of a customer, now or at an instant.' })
  @ApiOkResponse({ schema: jsonSchema(ScoresResponse) })
  @ApiProblem(400, 'bad-instant', 'instant-too-early')
  @ApiProblem(404, 'not-found')
  @Get()
  async read(@CustomerId() customerId: string, @Query() query: ScoresQuery): Promise<ScoresResponse> {
    const at = instantOf(query);
    const { model } = this.live;
    const { state, ...customer } = await this.stateAt(customerId, at);
    const scores = scoresAt(model, state, at ?? Date.now());
    return { ...customer, model: model.version, ...scores, at: iso(at ?? scores.at) };
  }

  @CustomerOrRoles('marketing', 'clerk', 'app')
  @Audited('explanation.read')
  @ApiOperation({ summary: 'Explains a score by the contributions of activities, which add up to it.' })
  @ApiOkResponse({ schema: jsonSchema(ExplanationResponse) })
  @ApiParam({ name: 'element', enum: elements })
  @ApiProblem(400, 'bad-instant', 'instant-too-early', 'bad-element')
  @ApiProblem(404, 'not-found')
  @Get(':element/explanation')
  async explain(
    @CustomerId() customerId: string,
    @Param('element', new ParseEnumPipe(elementNames, { exceptionFactory: unknownElement })) element: Element,
    @Query() query: ExplanationQuery,
  ): Promise<ExplanationResponse> {
    const asked = instantOf(query);
    const { evidence, base, closed } = await this.historyOf(customerId, asked);
    const at = asked ?? Math.max(Date.now(), latestActivityAt(base) ?? 0);
    const { earlier, ...explanation } = explain(
      this.live.model,
      evidence,
      { element, scale: query.scale, at },
      base,
      closed,
    );
    return {
      ...explanation,
      at: iso(at),
      contributions: explanation.contributions.map((one) => ({ ...one, at: iso(one.at) })),
      earlier: earlier && { ...earlier, until: iso(earlier.until) },
    };
  }

  /** The stored state; with an instant, the fold over the history up to it. With the id of the customer, also if a former one was asked. */
  private async stateAt(asked: string, at: number | undefined): Promise<{ customerId: string; state: State }> {
    const { model, modelId } = this.live;
    if (at !== undefined) {
      const { customerId, evidence, base, closed } = await this.historyOf(asked, at);
      return { customerId, state: fold(model, evidence, base, closed) };
    }
    const members = await readMembers(this.dataSource, modelId, asked);
    const [first] = members;
    if (!first) throw notFound('customer');
    if (isErased(first)) throw customerErased();
    const states = members.map(({ state }) => state);
    return { customerId: first.customerId, state: sumOf(model, states) };
  }

  /** The history up to an instant, or all of it. Its base is exact only from its latest activity on. */
  private async historyOf(asked: string, at: number | undefined): Promise<History & { customerId: string }> {
    const { model, modelId } = this.live;
    const until = at ?? Date.now();
    const history = await readHistory(this.dataSource, { model, modelId, customerId: asked, until });
    const { customerId } = history;
    if (customerId === undefined) throw notFound('customer');
    if (history.isErased) throw customerErased();
    const earliest = latestActivityAt(history.base);
    if (at !== undefined && earliest !== undefined && at < earliest) throw instantTooEarly(earliest);
    return { ...history, customerId };
  }
}

const instantTooEarly = (earliest: number) =>
  new Problem(
    400,
    'instant-too-early',
    `The activities before ${iso(earliest)} are no longer kept one by one. \`at\` must not be before this instant.`,
  );

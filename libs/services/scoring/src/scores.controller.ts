import { Controller, Get, Param, ParseEnumPipe, Query } from '@nestjs/common';
import { ApiOkResponse, ApiOperation, ApiParam, ApiPropertyOptional, ApiTags } from '@nestjs/swagger';
import { type Element, elements, explain, latestActivityAt, type Scale, scales } from '@sestante/engagement';
import {
  ApiProblem,
  Audited,
  type Caller,
  CallerAccess,
  CustomerId,
  CustomerOrRoles,
  ItemLimit,
  jsonSchema,
  Problem,
} from '@sestante/runtime';
import { IsIn, IsOptional, IsString, IsUUID, MaxLength, MinLength } from 'class-validator';
import { DataSource } from 'typeorm';
import { askedModels, historyUnder, stateUnder } from './asked-history.ts';
import { instantOf, iso } from './asked-instant.ts';
import { LiveModel } from './live-model.ts';
import { scoreWithout } from './over-time/score-without.ts';
import { unknownElement } from './unknown-element.ts';
import { ExplanationResponse, ScoresResponse } from './scores-response.ts';
import { toScores } from './to-scores.ts';

const usualContributions = 1_000;
const mostContributions = 100_000;

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

  @ApiPropertyOptional({
    minLength: 1,
    maxLength: 64,
    description:
      'The version of a model, also of a draft; the default is the live one. Under another model, the scores are computed from the kept activities.',
  })
  @IsOptional()
  @IsString()
  @MinLength(1)
  @MaxLength(64)
  model?: string;
}

class ExplanationQuery extends ScoresQuery {
  @ApiPropertyOptional({ enum: scales, default: 'bond' })
  @IsIn(scales)
  scale: Scale = 'bond';

  @ItemLimit({
    most: mostContributions,
    usual: usualContributions,
    description: 'How many of the largest contributions are listed one by one; `others` is the sum of the rest.',
  })
  limit = usualContributions;

  @ApiPropertyOptional({
    format: 'uuid',
    description: 'The id of an activity of the customer: the answer has the score without it, too.',
  })
  @IsOptional()
  @IsUUID()
  without?: string;
}

const elementNames = Object.fromEntries(elements.map((element) => [element, element]));

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
  async read(
    @CustomerId() customerId: string,
    @Query() query: ScoresQuery,
    @CallerAccess() caller: Caller,
  ): Promise<ScoresResponse> {
    assertMayAsk(caller, query);
    const at = instantOf(query);
    const models = await askedModels(this.live, query.model);
    const { model } = models.loaded;
    return toScores(model, await stateUnder(this.dataSource, models, { customerId, at }), at);
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
    @CallerAccess() caller: Caller,
  ): Promise<ExplanationResponse> {
    assertMayAsk(caller, query);
    const asked = instantOf(query);
    const models = await askedModels(this.live, query.model);
    const { model } = models.loaded;
    const history = await historyUnder(this.dataSource, models, { customerId, at: asked, element });
    const { evidence, base, closed } = history;
    const at = asked ?? Math.max(Date.now(), latestActivityAt(base) ?? 0);
    const question = { element, scale: query.scale, at };
    const { earlier, ...explanation } = explain(model, evidence, question, base, closed);
    return {
      model: model.version,
      ...explanation,
      at: iso(at),
      groups: explanation.groups.map((one) => ({ ...one, points: pointsOf(one) })),
      contributions: explanation.contributions
        .slice(0, query.limit)
        .map((one) => ({ ...one, points: pointsOf(one), at: iso(one.at) })),
      others: othersOf(explanation.contributions.slice(query.limit)),
      earlier: earlier && { ...earlier, until: iso(earlier.until) },
      ...(query.without !== undefined && { without: scoreWithout(model, history, question, query.without) }),
    };
  }
}

/** The sum of contributions that are not listed one by one; null without any. */
function othersOf(rest: readonly { readonly contribution: number }[]): ExplanationResponse['others'] {
  if (rest.length === 0) return null;
  const contribution = rest.reduce((sum, one) => sum + one.contribution, 0);
  return { count: rest.length, contribution, points: pointsOf({ contribution }) };
}

/** To one decimal. */
const pointsOf = ({ contribution }: { readonly contribution: number }) => Math.round(contribution * 10) / 10;

/** A customer sees what is published. Throws 403. */
function assertMayAsk({ kind }: Caller, { model }: ScoresQuery): void {
  if (kind === 'customer' && model !== undefined)
    throw new Problem(403, 'forbidden', 'A customer token gives access to scores under the live model only.');
}

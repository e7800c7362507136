import { Controller, Get, Param, ParseEnumPipe, Query } from '@nestjs/common';
import { ApiOkResponse, ApiOperation, ApiParam, ApiPropertyOptional, ApiTags } from '@nestjs/swagger';
import { startsWithValidDate } from '@sestante/contracts';
import {
  type Element,
  elements,
  type Evidence,
  explain,
  fold,
  type Scale,
  scales,
  scoresAt,
} from '@sestante/engagement';
import { CustomerOrRoles, ApiProblem, CustomerId, jsonSchema, notFound, Problem } from '@sestante/runtime';
import { IsIn, IsOptional, IsString, MaxLength } from 'class-validator';
import { DataSource } from 'typeorm';
import { LiveModel } from './live-model.ts';
import { stateOf } from './score-batch.ts';
import { ExplanationResponse, ScoresResponse } from './scores-response.ts';
import { readEvidence } from './store/evidence.ts';
import { readMembers } from './store/read-members.ts';

class ScoresQuery {
  @ApiPropertyOptional({ maxLength: 40, description: 'An instant in ISO 8601; the default is now.' })
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
  @ApiOperation({ summary: 'Returns the six scores of a customer, now or at an instant.' })
  @ApiOkResponse({ schema: jsonSchema(ScoresResponse) })
  @ApiProblem(400, 'bad-instant')
  @ApiProblem(404, 'not-found')
  @Get()
  async read(@CustomerId() customerId: string, @Query() query: ScoresQuery): Promise<ScoresResponse> {
    const at = instantOf(query);
    const { model } = this.live;
    const scores = scoresAt(model, await this.stateAt(customerId, at), at ?? Date.now());
    return { customerId, model: model.version, ...scores, at: iso(at ?? scores.at) };
  }

  @CustomerOrRoles('marketing', 'clerk', 'app')
  @ApiOperation({ summary: 'Explains a score by the contributions of activities, which add up to it.' })
  @ApiOkResponse({ schema: jsonSchema(ExplanationResponse) })
  @ApiParam({ name: 'element', enum: elements })
  @ApiProblem(400, 'bad-instant', 'bad-element')
  @ApiProblem(404, 'not-found')
  @Get(':element/explanation')
  async explain(
    @CustomerId() customerId: string,
    @Param('element', new ParseEnumPipe(elementNames, { exceptionFactory: unknownElement })) element: Element,
    @Query() query: ExplanationQuery,
  ): Promise<ExplanationResponse> {
    const at = instantOf(query) ?? Date.now();
    const explanation = explain(this.live.model, await this.evidenceUntil(customerId, at), {
      element,
      scale: query.scale,
      at,
    });
    const contributions = explanation.contributions.map((contribution) => ({
      ...contribution,
      at: iso(contribution.at),
    }));
    return { ...explanation, at: iso(at), contributions };
  }

  /** The stored state; with an instant, the fold over the evidence up to it. */
  private async stateAt(customerId: string, at: number | undefined) {
    const { model, modelId } = this.live;
    if (at !== undefined) return fold(model, await this.evidenceUntil(customerId, at));
    const members = await readMembers(this.dataSource, modelId, customerId);
    if (members.length === 0) throw notFound('customer');
    return stateOf(
      model,
      members.map(({ state }) => state),
    );
  }

  private async evidenceUntil(customerId: string, until: number): Promise<Evidence[]> {
    const evidence = await readEvidence(this.dataSource, this.live.modelId, { customerId, until });
    if (evidence.length === 0 && (await readMembers(this.dataSource, this.live.modelId, customerId)).length === 0)
      throw notFound('customer');
    return evidence;
  }
}

/** A day, or an instant with its zone: an instant without a zone would depend on the server. Years 1 to 9999. */
const iso8601 = /^(?!0000)\d{4}-\d\d-\d\d(?:T\d\d:\d\d(?::\d\d(?:\.\d{1,9})?)?(?:Z|[+-]\d\d:\d\d))?$/;

function instantOf({ at }: ScoresQuery): number | undefined {
  if (at === undefined) return undefined;
  const instant = iso8601.test(at) && startsWithValidDate(at) ? Date.parse(at) : Number.NaN;
  if (Number.isNaN(instant))
    throw new Problem(400, 'bad-instant', '`at` must be an instant in ISO 8601, such as 2026-11-20T10:00:00Z.');
  return instant;
}

const iso = (instant: number) => new Date(instant).toISOString();

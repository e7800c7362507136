import { Controller, Get, Query } from '@nestjs/common';
import { ApiOkResponse, ApiOperation, ApiTags } from '@nestjs/swagger';
import { documentOf, type Rule } from '@sestante/rules';
import { ApiProblem, jsonSchema, notFound, Problem, Roles } from '@sestante/runtime';
import { DataSource } from 'typeorm';
import { instantOf, iso, parseInstant } from '../asked-instant.ts';
import { expandRule } from '../audiences/expand-rule.ts';
import { LiveModel, type LoadedModel } from '../live-model.ts';
import { findAudiences } from '../store/audiences.ts';
import { CountDays, daysBack } from './count-days.ts';
import type { Counts } from './counted.ts';
import { type DailyCounts, readDays } from './daily-counts.ts';
import { dayOf, daysBefore, endOf, lastDayBefore } from './days.ts';
import { isSmall } from './is-small.ts';
import { MoversQuery, SummaryQuery, TrendQuery } from './population-queries.ts';
import { readMovement } from './stored-movements.ts';
import { Summaries } from './summaries.ts';
import { SummaryResponse } from './summary-response.ts';
import { MoversResponse, TrendResponse } from './trend-response.ts';

/** So few customers are counted when somebody asks. */
const fewMembers = 1_000;
const freshMs = 10_000;

/** Reads the scores of all customers together. */
@ApiTags('Scores of all customers')
@Controller('api/v1/scores')
export class PopulationController {
  constructor(
    private readonly dataSource: DataSource,
    private readonly live: LiveModel,
    private readonly counting: CountDays,
    private readonly summaries: Summaries,
  ) {}

  @Roles('marketing')
  @ApiOperation({ summary: 'Summarises the scores of all customers, now or at the end of a day.' })
  @ApiOkResponse({ schema: jsonSchema(SummaryResponse) })
  @ApiProblem(400, 'bad-instant', 'bad-filter')
  @ApiProblem(404, 'not-found')
  @Get('summary')
  async summary(@Query() query: SummaryQuery): Promise<SummaryResponse> {
    const live = await this.live.read();
    const at = instantOf(query);
    if (at === undefined) {
      const rule = query.audience === undefined ? undefined : await this.ruleOf(query.audience);
      const { at: now, counts } = await this.summaries.read(live, { channel: query.channel, rule });
      return toSummary(live, now, counts);
    }
    if (query.channel !== undefined || query.audience !== undefined)
      throw new Problem(400, 'bad-filter', 'A summary of the past is of all customers: `at` allows no filter.');
    const day = lastDayBefore(at);
    const [found] = await readDays(this.dataSource, live.modelId, { from: day, to: day });
    if (!found) throw new Problem(404, 'not-found', `The customers were not counted on ${day} under the live model.`);
    return toSummary(live, endOf(day), found.counts);
  }

  @Roles('marketing')
  @ApiOperation({ summary: 'Returns how the bonds of all customers for one element have moved, day by day.' })
  @ApiOkResponse({ schema: jsonSchema(TrendResponse) })
  @ApiProblem(400, 'bad-instant')
  @Get('trend')
  async trend(@Query() { element, from, to, step }: TrendQuery): Promise<TrendResponse> {
    const { model, modelId } = await this.live.read();
    await this.countFew(modelId);
    const last = to === undefined ? lastDayBefore(Date.now()) : dayOf(parseInstant('to', to));
    const first = from === undefined ? daysBefore(last, daysBack - 1) : dayOf(parseInstant('from', from));
    const days = await readDays(this.dataSource, modelId, { from: first, to: last });
    const isAsked = ({ day, counts }: DailyCounts) =>
      counts.customers > 0 && (step === 'day' || (Date.parse(last) - Date.parse(day)) % (7 * 86_400_000) === 0);
    return {
      model: model.version,
      element,
      items: days.filter(isAsked).map(({ day, counts }) => {
        const { mean, quartiles, customers, tooLittle, falling } = counts.elements[element];
        const [q1 = null, median = null, q3 = null] = quartiles ?? [];
        return { day, mean, q1, median, q3, customers, tooLittle, falling, loyal: counts.loyal };
      }),
    };
  }

  @Roles('marketing')
  @ApiOperation({ summary: 'Returns whose bond fell and rose most in the last days, and what has moved the mean.' })
  @ApiOkResponse({ schema: jsonSchema(MoversResponse) })
  @ApiProblem(503, 'unavailable')
  @Get('movers')
  async movers(@Query() { element, days, limit }: MoversQuery): Promise<MoversResponse> {
    const { model, modelId } = await this.live.read();
    await this.countFew(modelId);
    const found = await readMovement(this.dataSource, { modelId, days, element });
    if (!found) throw new Problem(503, 'unavailable', 'The customers are being counted. Retry later.');
    const { countedAt, customers, mean, fell, rose, causes } = found;
    return {
      at: iso(countedAt),
      model: model.version,
      ...{ element, days, customers, mean },
      ...{ fell: fell.slice(0, limit), rose: rose.slice(0, limit), causes: [...causes] },
    };
  }

  /** Throws 404. */
  private async ruleOf(audienceId: string): Promise<Rule> {
    const rules = new Map((await findAudiences(this.dataSource)).map((one) => [one.audienceId, one.rule]));
    const document = rules.get(audienceId.toLowerCase());
    if (!document) throw notFound('audience');
    return expandRule(document, rules);
  }

  private async countFew(modelId: number): Promise<void> {
    if (await isSmall(this.dataSource, modelId, fewMembers)) await this.counting.countNow(freshMs);
  }
}

function toSummary({ model }: LoadedModel, at: number, counts: Counts): SummaryResponse {
  const { customers, loyal: count, overall, elements: counted } = counts;
  const share = customers === 0 ? null : count / customers;
  const loyal = model.loyal && { count, share, definition: documentOf(model.loyal.rule), because: model.loyal.because };
  return { at: iso(at), model: model.version, customers, loyal: loyal ?? null, overall, elements: counted };
}

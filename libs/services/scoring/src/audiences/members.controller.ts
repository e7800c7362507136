import { Body, Controller, Get, HttpCode, Param, ParseUUIDPipe, Post, Query } from '@nestjs/common';
import { ApiBody, ApiOkResponse, ApiOperation, ApiParam, ApiTags } from '@nestjs/swagger';
import { ApiProblem, Audited, jsonSchema, notFound, Roles } from '@sestante/runtime';
import { DataSource } from 'typeorm';
import { LiveModel } from '../live-model.ts';
import { readScores } from '../read-model/read-scores.ts';
import { scoreExpressions } from '../read-model/score-expressions.ts';
import { findAudience, findAudiences } from '../store/audiences.ts';
import { countOverlap, findMembers, findSample, type Member } from '../store/find-members.ts';
import { PreviewRequest } from './audience-request.ts';
import { assertNoFaults, checkedRule } from './checked-rule.ts';
import { holdsSql } from './condition-of.ts';
import { expandRule, faultsOfNamed } from './expand-rule.ts';
import { MembersQuery, OverlapQuery, SampleQuery } from './members-request.ts';
import { AudienceMembers, AudienceOverlap, AudiencePreview, AudienceSample } from './members-response.ts';

const example = { rule: { field: 'trust.drop', operator: 'at-least', value: 5 } };

/** Shows who is a member of an audience. */
@Roles('marketing')
@ApiTags('Audiences')
@Controller('api/v1/audiences')
export class MembersController {
  constructor(
    private readonly dataSource: DataSource,
    private readonly live: LiveModel,
  ) {}

  @ApiOperation({ summary: 'Counts the customers for whom a rule holds now, and stores nothing.' })
  @ApiBody({ type: PreviewRequest, examples: { disappointed: { value: example } } })
  @ApiOkResponse({ schema: jsonSchema(AudiencePreview) })
  @ApiProblem(422, 'rule-invalid')
  @HttpCode(200)
  @Post('preview')
  async preview(@Body() { rule: sent }: PreviewRequest): Promise<AudiencePreview> {
    const start = performance.now();
    const document = checkedRule(sent);
    const rules = new Map((await findAudiences(this.dataSource)).map(({ audienceId, rule }) => [audienceId, rule]));
    assertNoFaults(faultsOfNamed(document, rules));
    const rule = expandRule(document, rules);
    const counts = await readScores(this.dataSource, this.live, async ({ client, rows }) => {
      if (!rows) return { count: 0, of: 0 };
      await client.query('set local enable_seqscan = on');
      const expressions = scoreExpressions(rows, Date.now());
      const { text, values } = holdsSql(expressions, rule, expressions.values.length + 1);
      const { rows: counted } = await client.query<{ count: number; of: number }>(
        `select (count(*) filter (where ${text}))::int as count, count(*)::int as of
           from scoring.customer_score c where ${expressions.where}`,
        [...expressions.values, ...values],
      );
      return counted[0]!;
    });
    return { ...counts, ms: Math.round(performance.now() - start) };
  }

  @Audited('audience.read')
  @ApiOperation({
    summary: 'Lists the members of an audience.',
    description:
      'They are kept: at most 5 seconds behind the activities, and half a minute behind time and changed rules.',
  })
  @ApiOkResponse({ schema: jsonSchema(AudienceMembers) })
  @ApiParam({ name: 'audienceId', format: 'uuid' })
  @ApiProblem(404, 'not-found')
  @Get(':audienceId/members')
  async members(
    @Param('audienceId', ParseUUIDPipe) audienceId: string,
    @Query() { cursor, limit }: MembersQuery,
  ): Promise<AudienceMembers> {
    await this.require(audienceId);
    const found = await findMembers(this.dataSource, { audienceId, after: cursor, limit: limit + 1 });
    const shown = found.slice(0, limit);
    return { items: shown.map(toItem), next: found.length > limit ? shown.at(-1)!.customerId : null };
  }

  @Audited('audience.read')
  @ApiOperation({ summary: 'Returns some members of an audience, chosen by chance.' })
  @ApiOkResponse({ schema: jsonSchema(AudienceSample) })
  @ApiParam({ name: 'audienceId', format: 'uuid' })
  @ApiProblem(404, 'not-found')
  @Get(':audienceId/sample')
  async sample(
    @Param('audienceId', ParseUUIDPipe) audienceId: string,
    @Query() { size }: SampleQuery,
  ): Promise<AudienceSample> {
    await this.require(audienceId);
    return { items: (await findSample(this.dataSource, audienceId, size)).map(toItem) };
  }

  @ApiOperation({ summary: 'Counts the members that two audiences have together, and alone.' })
  @ApiOkResponse({ schema: jsonSchema(AudienceOverlap) })
  @ApiParam({ name: 'audienceId', format: 'uuid' })
  @ApiProblem(404, 'not-found')
  @Get(':audienceId/overlap')
  async overlap(
    @Param('audienceId', ParseUUIDPipe) audienceId: string,
    @Query() { with: otherId }: OverlapQuery,
  ): Promise<AudienceOverlap> {
    await Promise.all([this.require(audienceId), this.require(otherId)]);
    return countOverlap(this.dataSource, audienceId, otherId);
  }

  /** Throws 404. */
  private async require(audienceId: string): Promise<void> {
    if (!(await findAudience(this.dataSource, audienceId))) throw notFound('audience');
  }
}

const toItem = ({ customerId, enteredAt }: Member) => ({ customerId, enteredAt: enteredAt.toISOString() });

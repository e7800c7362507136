import { Body, Controller, HttpCode, Post } from '@nestjs/common';
import { ApiBody, ApiOkResponse, ApiOperation, ApiTags } from '@nestjs/swagger';
import type { Rule } from '@sestante/rules';
import { ApiProblem, jsonSchema, Problem, Roles } from '@sestante/runtime';
import { DataSource } from 'typeorm';
import { iso } from '../asked-instant.ts';
import { assertNoFaults, checkedRule } from '../audiences/checked-rule.ts';
import { expandRule, faultsOfNamed } from '../audiences/expand-rule.ts';
import { LiveModel } from '../live-model.ts';
import { findAudiences } from '../store/audiences.ts';
import { CustomersQuery } from './customers-query.ts';
import { CustomersResponse } from './customers-response.ts';
import { findCustomers } from './find-customers.ts';
import { type PageCursor, readCursor, writeCursor } from './page-cursor.ts';
import { readScores } from '../read-model/read-scores.ts';

const example = {
  rule: {
    all: [
      { field: 'trust.drop', operator: 'at-least', value: 5 },
      { field: 'trust.confidence', operator: 'at-least', value: 0.2 },
    ],
  },
  sort: 'trust.mood',
  order: 'asc',
  limit: 20,
};

/** Lists customers by their scores. */
@Roles('marketing')
@ApiTags('Scores')
@Controller('api/v1/customers/query')
export class CustomersController {
  constructor(
    private readonly dataSource: DataSource,
    private readonly live: LiveModel,
  ) {}

  @ApiOperation({
    summary: 'Lists the customers for whom a rule holds, with their scores now, page by page.',
    description:
      'A change of a score is seen after about two seconds. The problem 422 lists all `faults` of the rule, each with its place.',
  })
  @ApiBody({ type: CustomersQuery, examples: { disappointed: { value: example } } })
  @ApiOkResponse({ schema: jsonSchema(CustomersResponse) })
  @ApiProblem(400, 'bad-cursor')
  @ApiProblem(422, 'rule-invalid')
  @HttpCode(200)
  @Post()
  async query(@Body() { rule: sent, sort, order, limit, cursor }: CustomersQuery): Promise<CustomersResponse> {
    const orderedBy = `${sort} ${order}`;
    const after = cursor === undefined ? undefined : cursorOf(cursor, orderedBy);
    const rule = sent && (await this.ruleOf(sent));
    const at = after?.at ?? Date.now();
    return readScores(this.dataSource, this.live, async ({ client, live, rows }) => {
      const asked = { rule, sort, order, limit, at, after };
      const { items, next } = rows ? await findCustomers(client, rows, asked) : { items: [], next: undefined };
      return {
        model: live.model.version,
        at: iso(at),
        items,
        next: next ? writeCursor(next, orderedBy) : null,
      };
    });
  }

  /** With the rules of the audiences that it names. Throws 422. */
  private async ruleOf(sent: object): Promise<Rule> {
    const document = checkedRule(sent);
    const rules = new Map((await findAudiences(this.dataSource)).map(({ audienceId, rule }) => [audienceId, rule]));
    assertNoFaults(faultsOfNamed(document, rules));
    return expandRule(document, rules);
  }
}

/** Throws 400. */
function cursorOf(text: string, orderedBy: string): PageCursor {
  const cursor = readCursor(text, orderedBy);
  if (!cursor)
    throw new Problem(
      400,
      'bad-cursor',
      '`cursor` must be the `next` of the previous page, with the same `sort` and `order`.',
    );
  return cursor;
}

import { Controller, Get } from '@nestjs/common';
import { ApiOkResponse, ApiOperation, ApiTags } from '@nestjs/swagger';
import { type Config, InjectConfig, jsonSchema, Roles } from '@sestante/runtime';
import { type Static, Type } from 'typebox';

const RetentionRules = Type.Object(
  {
    items: Type.Array(
      Type.Object({
        what: Type.String(),
        keptFor: Type.Union(
          [Type.Object({ count: Type.Integer({ minimum: 1 }), unit: Type.Enum(['days', 'months']) }), Type.Null()],
          { description: 'Null: until somebody removes it, or until it expires by its own date.' },
        ),
        since: Type.String({ description: 'What the time is counted from, or what ends it.' }),
        variable: Type.Optional(Type.String({ description: 'The environment variable that sets it.' })),
      }),
    ),
  },
  { $id: 'RetentionRules' },
);
type RetentionRules = Static<typeof RetentionRules>;
type Rule = RetentionRules['items'][number];

/** Shows how long what is kept. */
@ApiTags('Audit')
@Controller('api/v1/retention')
export class RetentionController {
  constructor(@InjectConfig() private readonly config: Config) {}

  @Roles('marketing', 'clerk')
  @ApiOperation({ summary: 'Returns how long which data is kept.' })
  @ApiOkResponse({ schema: jsonSchema(RetentionRules) })
  @Get()
  read(): RetentionRules {
    const byVariable = (
      what: string,
      variable: keyof Config & string,
      unit: 'days' | 'months',
      since: string,
    ): Rule => ({
      ...{ what, since, variable },
      keptFor: { count: this.config[variable] as number, unit },
    });
    return {
      items: [
        byVariable('activities', 'SESTANTE_ACTIVITY_MONTHS', 'months', 'the end of the month of their reception'),
        byVariable('scored activities', 'SESTANTE_EVIDENCE_MONTHS', 'months', 'the end of the month of its reception'),
        byVariable('decisions on offers', 'SESTANTE_DECISION_MONTHS', 'months', 'the end of their month'),
        byVariable('rejected and incomplete events', 'SESTANTE_REJECTED_DAYS', 'days', 'their reception'),
        byVariable('dead letters', 'SESTANTE_DEAD_LETTER_DAYS', 'days', 'their last failure'),
        byVariable('exports of customers', 'SESTANTE_EXPORT_DAYS', 'days', 'their request'),
        { what: 'notes of customers', keptFor: null, since: 'their own date, or somebody removes them' },
        { what: 'identifiers, traits, consents, scores and offers', keptFor: null, since: 'the customer is erased' },
        { what: 'audit log', keptFor: null, since: 'never removed' },
      ],
    };
  }
}

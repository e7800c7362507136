import { Body, Controller, Post, Req } from '@nestjs/common';
import { ApiBody, ApiOkResponse, ApiOperation, ApiTags } from '@nestjs/swagger';
import { ApiProblem, jsonSchema, Problem } from '@sestante/runtime';
import type { FastifyRequest } from 'fastify';
import { AcceptEvents } from '../accept/accept-events.ts';
import { Acknowledgement } from '../accept/acknowledgement.ts';
import { TakesEvents } from '../accept/takes-events.ts';
import { assertNotTooLong } from '../accept/too-long.ts';
import { Authenticate } from '../sources/authenticate.ts';
import { TakesWriteKey } from '../sources/takes-write-key.ts';
import { aReceipt, ReceiptBody } from './receipt-body.ts';

/** Accepts receipts of tills. A till authenticates with the write key of its source. */
@ApiTags('Receipts')
@Controller('api/v1/receipts')
export class ReceiptsController {
  constructor(
    private readonly authenticate: Authenticate,
    private readonly events: AcceptEvents,
  ) {}

  @TakesWriteKey('headers')
  @TakesEvents()
  @ApiOperation({ summary: 'Accepts one receipt of a till, or an array of receipts.' })
  @ApiOkResponse({ schema: jsonSchema(Acknowledgement) })
  @ApiBody({ schema: jsonSchema(ReceiptBody), examples: { sale: { value: aReceipt } } })
  @ApiProblem(400, 'receipt-missing')
  @ApiProblem(413, 'batch-too-long')
  @Post()
  async take(@Req() request: FastifyRequest, @Body() body: unknown): Promise<Acknowledgement> {
    const sender = await this.authenticate.senderOf(request);
    if (body === undefined)
      throw new Problem(400, 'receipt-missing', 'The body must be a receipt or an array of receipts.');
    const events = Array.isArray(body) ? (body as unknown[]) : [body];
    assertNotTooLong(events);
    return this.events.accept({ sender, format: 'receipt', events });
  }
}

import { Body, Controller, Get, HttpCode, Param, ParseUUIDPipe, Post } from '@nestjs/common';
import {
  ApiAcceptedResponse,
  ApiBody,
  ApiOkResponse,
  ApiOperation,
  ApiPropertyOptional,
  ApiTags,
} from '@nestjs/swagger';
import {
  ApiProblem,
  Audited,
  type Config,
  customerErased,
  CustomerId,
  CustomerOrRoles,
  InjectConfig,
  InjectStream,
  jsonSchema,
  notFound,
  Problem,
  Public,
} from '@sestante/runtime';
import { type Stream, usualRetention } from '@sestante/streaming';
import { IsBoolean, IsOptional } from 'class-validator';
import { DataSource } from 'typeorm';
import { Customers } from '../store/customers.ts';
import { EraseCustomers } from './erase-customers.ts';
import { ErasureReceipt, StartedErasure } from './erasure-response.ts';
import { remainsOf } from './remains.ts';
import { findErasureOf, readErasure } from './results.ts';

class ErasureRequest {
  @ApiPropertyOptional({
    default: false,
    description: 'Without it, nothing is erased. The response is 409 and says in `removes` what would be.',
  })
  @IsOptional()
  @IsBoolean()
  confirm?: boolean;
}

/** Erases customers, and shows the receipts. */
@ApiTags('Erasure')
@Controller('api/v1')
export class ErasuresController {
  constructor(
    private readonly dataSource: DataSource,
    private readonly customers: Customers,
    private readonly eraseCustomers: EraseCustomers,
    @InjectConfig() private readonly config: Config,
    @InjectStream() private readonly stream: Stream,
  ) {}

  @CustomerOrRoles('clerk')
  @Audited('customer.erased')
  @ApiOperation({
    summary: 'Erases a customer: every service removes what it has about the person.',
    description:
      'It cannot be undone. From then on, the routes of the customer answer 410, and events that happened before do not bring the person back. What happens later is of a new customer, without anything of before.',
  })
  @ApiBody({ type: ErasureRequest, required: false, examples: { confirmed: { value: { confirm: true } } } })
  @ApiAcceptedResponse({ schema: jsonSchema(StartedErasure) })
  @ApiProblem(409, 'confirm-needed')
  @Post('customers/:id/erasure')
  @HttpCode(202)
  async erase(@CustomerId() id: string, @Body() { confirm }: ErasureRequest): Promise<StartedErasure> {
    const customerId = await this.customers.currentId(id);
    if (customerId === undefined) return this.runningErasureOf(id);
    if (confirm !== true) throw confirmNeeded(await this.eraseCustomers.preview(customerId));
    const erasureId = await this.eraseCustomers.erase(customerId);
    return erasureId === undefined ? this.runningErasureOf(id) : { erasureId };
  }

  @Public()
  @ApiOperation({
    summary: 'Returns the receipt of an erasure.',
    description: 'The id of the erasure is the only key to it. The receipt has no personal data, and stays.',
  })
  @ApiOkResponse({ schema: jsonSchema(ErasureReceipt) })
  @ApiProblem(404, 'not-found')
  @ApiProblem(503, 'unavailable')
  @Get('erasures/:erasureId')
  async receipt(@Param('erasureId', ParseUUIDPipe) erasureId: string): Promise<ErasureReceipt> {
    const erasure = await readErasure(this.dataSource, erasureId);
    if (!erasure) throw notFound('erasure');
    const { erasedAt, isDone, results } = erasure;
    const streamHours = this.stream.atomic ? usualRetention.hours : undefined;
    return {
      erasureId,
      status: isDone ? 'done' : 'running',
      requestedAt: erasedAt.toISOString(),
      removed: results.flatMap(({ service, removed, doneAt }) =>
        removed.map((one) => ({ service, ...one, at: new Date(doneAt).toISOString() })),
      ),
      remains: remainsOf(erasedAt, { ...this.config, streamHours }),
    };
  }

  /** The erasure that was asked for before. Throws 410 when it is done, 404 if there is none. */
  private async runningErasureOf(id: string): Promise<StartedErasure> {
    const erasureId = await findErasureOf(this.dataSource, id);
    if (erasureId === undefined) throw notFound('customer');
    if ((await readErasure(this.dataSource, erasureId))?.isDone) throw customerErased();
    return { erasureId };
  }
}

const confirmNeeded = (removes: readonly object[]) =>
  new Problem(
    409,
    'confirm-needed',
    'Send `{"confirm": true}` to erase the customer. `removes` says what this service would remove; the others remove scores, decisions, offers and stored events. It cannot be undone.',
    undefined,
    { removes },
  );

import { Body, Controller, Delete, Get, Headers, HttpCode, Param, Post, Put, Res } from '@nestjs/common';
import {
  ApiBody,
  ApiCreatedResponse,
  ApiHeader,
  ApiNoContentResponse,
  ApiOkResponse,
  ApiOperation,
  ApiTags,
} from '@nestjs/swagger';
import {
  ApiProblem,
  CallerAccess,
  InjectLogger,
  jsonSchema,
  type KeyCaller,
  type Logger,
  notFound,
  Problem,
  Roles,
} from '@sestante/runtime';
import type { FastifyReply } from 'fastify';
import { DataSource } from 'typeorm';
import { discardModel } from './discard.ts';
import { addDraft, findModel, findModels, replaceDraft } from './drafts.ts';
import { exampleModel } from './example-model.ts';
import { ModelDocument, ModelList, ModelResponse } from './model-response.ts';
import { checkedDocument } from './sent-document.ts';
import { findShadow, findShadows } from './shadow/shadows.ts';
import { toModel, toSummary } from './to-response.ts';

const revisionOf = /^(?:W\/)?"(\d{1,9})"$/;

/** Keeps the models: the live one, those that were live, and drafts that may become live. */
@Roles('marketing')
@ApiTags('Models')
@Controller('api/v1/models')
export class ModelsController {
  constructor(
    private readonly dataSource: DataSource,
    @InjectLogger() private readonly logger: Logger,
  ) {}

  @ApiOperation({ summary: 'Lists all models with their status, the latest first.' })
  @ApiOkResponse({ schema: jsonSchema(ModelList) })
  @Get()
  async list(): Promise<ModelList> {
    const [models, shadows] = await Promise.all([findModels(this.dataSource), findShadows(this.dataSource)]);
    return { items: models.map((model) => toSummary(model, shadows.get(model.modelId))) };
  }

  @ApiOperation({ summary: 'Returns a model with its document.', description: 'The ETag is its revision.' })
  @ApiOkResponse({ schema: jsonSchema(ModelResponse) })
  @ApiProblem(404, 'not-found')
  @Get(':version')
  async read(
    @Param('version') version: string,
    @Res({ passthrough: true }) reply: FastifyReply,
  ): Promise<ModelResponse> {
    const model = await findModel(this.dataSource, version);
    if (!model) throw notFound('model');
    void reply.header('etag', `"${model.revision}"`);
    return toModel(model, await findShadow(this.dataSource, model.modelId));
  }

  @ApiOperation({
    summary: 'Adds a model as a draft.',
    description: 'Nothing is scored under it before it is promoted.',
  })
  @ApiBody({ schema: jsonSchema(ModelDocument), examples: { shop: { value: exampleModel } } })
  @ApiCreatedResponse({ schema: jsonSchema(ModelResponse) })
  @ApiProblem(409, 'version-exists')
  @ApiProblem(413, 'model-too-large')
  @ApiProblem(422, 'model-invalid')
  @Post()
  async add(
    @Body() sent: unknown,
    @CallerAccess() { keyId, name }: KeyCaller,
    @Res({ passthrough: true }) reply: FastifyReply,
  ): Promise<ModelResponse> {
    const document = checkedDocument(sent);
    const { version } = document;
    if (!(await addDraft(this.dataSource, { version, document, changedBy: { keyId, name } })))
      throw new Problem(409, 'version-exists', `There is a model ${version} already. Give the document a new version.`);
    this.logger.info({ version, keyId }, 'model added');
    return this.read(version, reply);
  }

  @ApiOperation({
    summary: 'Replaces the document of a draft.',
    description:
      'If somebody else has changed the draft since it was read, the problem 409 lists their `changes`, each with its place, and what was there before and after.',
  })
  @ApiHeader({ name: 'if-match', required: true, description: 'The ETag of the draft as it was read, such as `"3"`.' })
  @ApiBody({ schema: jsonSchema(ModelDocument), examples: { shop: { value: exampleModel } } })
  @ApiOkResponse({ schema: jsonSchema(ModelResponse) })
  @ApiProblem(400, 'bad-if-match')
  @ApiProblem(404, 'not-found')
  @ApiProblem(409, 'not-a-draft', 'model-changed')
  @ApiProblem(413, 'model-too-large')
  @ApiProblem(422, 'model-invalid')
  @ApiProblem(428, 'if-match-missing')
  @Put(':version')
  async replace(
    @Param('version') version: string,
    @Body() sent: unknown,
    @Headers('if-match') ifMatch: string | undefined,
    @CallerAccess() { keyId, name }: KeyCaller,
    @Res({ passthrough: true }) reply: FastifyReply,
  ): Promise<ModelResponse> {
    const revision = askedRevision(ifMatch);
    const document = checkedDocument(sent, version);
    await replaceDraft(this.dataSource, revision, { version, document, changedBy: { keyId, name } });
    this.logger.info({ version, keyId }, 'model changed');
    return this.read(version, reply);
  }

  @ApiOperation({
    summary: 'Removes a draft, with its shadow.',
    description: 'A shadow that is running stops.',
  })
  @ApiNoContentResponse()
  @ApiProblem(404, 'not-found')
  @ApiProblem(409, 'not-discardable')
  @HttpCode(204)
  @Delete(':version')
  async discard(@Param('version') version: string, @CallerAccess() { keyId }: KeyCaller): Promise<void> {
    await discardModel(this.dataSource, version);
    this.logger.info({ version, keyId }, 'model discarded');
  }
}

/** Throws 428 without the header, and 400 if it is no revision. */
function askedRevision(ifMatch: string | undefined): number {
  if (ifMatch === undefined)
    throw new Problem(428, 'if-match-missing', 'Send the ETag of the model that you have changed as If-Match.');
  const revision = revisionOf.exec(ifMatch.trim())?.[1];
  if (revision === undefined)
    throw new Problem(400, 'bad-if-match', 'If-Match must be the ETag of a model, such as "3".');
  return Number(revision);
}

import { Body, Controller, Delete, Get, HttpCode, Param, ParseUUIDPipe, Post, Query } from '@nestjs/common';
import {
  ApiBody,
  ApiCreatedResponse,
  ApiNoContentResponse,
  ApiOkResponse,
  ApiOperation,
  ApiTags,
} from '@nestjs/swagger';
import {
  ApiProblem,
  Audited,
  type Caller,
  CallerAccess,
  CustomerId,
  CustomerOrRoles,
  InjectLogger,
  jsonSchema,
  type Logger,
  notFound,
  Problem,
} from '@sestante/runtime';
import { writeCursor } from '../cursor.ts';
import { maskText } from '../masking/mask-text.ts';
import { seesInFull } from '../masking/sees-in-full.ts';
import { Customers } from '../store/customers.ts';
import { checkedExpiry, checkedText, NoteRequest, NotesQuery, positionOf } from './note-request.ts';
import { NoteResponse, NotesPage } from './note-response.ts';
import { type Author, maxNotes, Notes, type StoredNote } from './notes.ts';

const example = { kind: 'preference', text: 'Please call in the evening only.', audience: 'customer' };

/** Remembers small details about customers: notes and preferences that a clerk or the customer adds. */
@ApiTags('Notes')
@Controller('api/v1/customers/:id/notes')
export class NotesController {
  constructor(
    private readonly customers: Customers,
    private readonly notes: Notes,
    @InjectLogger() private readonly logger: Logger,
  ) {}

  @CustomerOrRoles('marketing', 'clerk')
  @Audited('note.added')
  @ApiOperation({ summary: 'Adds a note or a preference to a customer.' })
  @ApiBody({ type: NoteRequest, examples: { preference: { value: example } } })
  @ApiCreatedResponse({ schema: jsonSchema(NoteResponse) })
  @ApiProblem(400, 'bad-text', 'bad-expiry')
  @ApiProblem(404, 'not-found')
  @ApiProblem(409, 'too-many-notes')
  @Post()
  async add(
    @CustomerId() id: string,
    @Body() { kind, text, audience, expiresAt }: NoteRequest,
    @CallerAccess() caller: Caller,
  ): Promise<NoteResponse> {
    const createdAt = new Date();
    const added = await this.notes.add(await this.customers.requireId(id), {
      kind,
      text: checkedText(text),
      audience,
      author: authorOf(caller),
      createdAt,
      expiresAt: checkedExpiry(expiresAt, createdAt),
    });
    if (!added)
      throw new Problem(409, 'too-many-notes', `The customer has ${maxNotes} notes already. Remove one first.`);
    this.logger.info({ noteId: added.noteId, ...nameless(caller) }, 'note added');
    return toResponse(added);
  }

  @CustomerOrRoles('marketing', 'clerk')
  @Audited('notes.read')
  @ApiOperation({
    summary: 'Lists the notes of a customer that have not expired, newest first.',
    description:
      'A customer token shows what the customer has written, and what is for it. Mail addresses and phone numbers in texts are masked for marketing.',
  })
  @ApiOkResponse({ schema: jsonSchema(NotesPage) })
  @ApiProblem(400, 'bad-cursor')
  @ApiProblem(404, 'not-found')
  @Get()
  async list(
    @CustomerId() id: string,
    @Query() { before, limit }: NotesQuery,
    @CallerAccess() caller: Caller,
  ): Promise<NotesPage> {
    const position = before === undefined ? undefined : positionOf(before);
    const page = await this.notes.page(await this.customers.requireId(id), readerOf(caller), limit, position);
    const last = page.length === limit ? page.at(-1)! : undefined;
    return {
      items: page.map(toResponse).map((note) => (seesInFull(caller) ? note : { ...note, text: maskText(note.text) })),
      next: last ? writeCursor({ timestamp: last.createdAt.toISOString(), activityId: last.noteId }) : null,
    };
  }

  @CustomerOrRoles('marketing', 'clerk')
  @Audited('note.removed')
  @ApiOperation({ summary: 'Removes a note.', description: 'The customer may remove every note that it sees.' })
  @ApiNoContentResponse()
  @ApiProblem(404, 'not-found')
  @HttpCode(204)
  @Delete(':noteId')
  async remove(
    @CustomerId() id: string,
    @Param('noteId', ParseUUIDPipe) noteId: string,
    @CallerAccess() caller: Caller,
  ): Promise<void> {
    const isRemoved = await this.notes.remove(await this.customers.requireId(id), noteId, readerOf(caller));
    if (!isRemoved) throw notFound('note');
    this.logger.info({ noteId, ...nameless(caller) }, 'note removed');
  }
}

const readerOf = ({ kind }: Caller) => ({ isCustomer: kind === 'customer' });

function authorOf(caller: Caller): Author {
  return caller.kind === 'customer' ? { by: 'customer' } : { by: 'key', keyId: caller.keyId, name: caller.name };
}

/** Who it was, for the log. */
const nameless = (caller: Caller) => (caller.kind === 'customer' ? { by: 'customer' } : { keyId: caller.keyId });

function toResponse({ createdAt, expiresAt, ...note }: StoredNote): NoteResponse {
  return {
    ...note,
    createdAt: createdAt.toISOString(),
    ...(expiresAt && { expiresAt: expiresAt.toISOString() }),
  };
}

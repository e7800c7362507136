import { Body, Controller, Delete, Get, HttpCode, Post, Req, Res } from '@nestjs/common';
import {
  ApiBody,
  ApiCreatedResponse,
  ApiNoContentResponse,
  ApiOkResponse,
  ApiOperation,
  ApiProperty,
  ApiTags,
} from '@nestjs/swagger';
import { IsString, Length } from 'class-validator';
import type { FastifyReply, FastifyRequest } from 'fastify';
import { type Static, Type } from 'typebox';
import { notFound, Problem } from '../http/problem.ts';
import { ApiProblem } from '../openapi/api-problem.ts';
import { jsonSchema } from '../openapi/json-schema.ts';
import { Public, Roles, type Role } from './access.ts';
import { ApiKeys } from './api-keys.ts';
import { isFromOtherOrigin, otherOrigin } from './same-origin.ts';
import { cookieOf, endedCookieOf, sessionSecretOf } from './session-cookie.ts';
import { Sessions } from './sessions.ts';

const longestKey = 200;
/** The roles of people. An app signs in nowhere. */
const rolesOfPeople = ['admin', 'marketing', 'clerk'] as const satisfies readonly Role[];

class SessionRequest {
  @ApiProperty({ minLength: 1, maxLength: longestKey, description: 'An API key of a person.' })
  @IsString()
  @Length(1, longestKey)
  apiKey!: string;
}

const Session = Type.Object(
  {
    role: Type.Enum([...rolesOfPeople]),
    name: Type.String({ description: 'The name of the API key.' }),
    endsAt: Type.Unsafe<Date>({
      type: 'string',
      format: 'date-time',
      description: 'When the session ends at the latest. It ends earlier after an hour without requests.',
    }),
  },
  { $id: 'Session' },
);
type Session = Static<typeof Session>;

const setCookie = { 'Set-Cookie': { description: 'The session.', schema: { type: 'string' as const } } };

/** Signs a browser in and out: an API key becomes a session in a cookie that scripts cannot read. */
@ApiTags('Sessions')
@Controller('api/v1/sessions')
export class SessionsController {
  constructor(
    private readonly keys: ApiKeys,
    private readonly sessions: Sessions,
  ) {}

  @Public()
  @ApiOperation({ summary: 'Starts a session with an API key, and stores it in a cookie.' })
  @ApiBody({ type: SessionRequest, examples: { key: { value: { apiKey: 'ak_0123456789abcdef0123456789abcdef' } } } })
  @ApiCreatedResponse({ schema: jsonSchema(Session), headers: setCookie })
  @ApiProblem(401, 'unauthorized')
  @ApiProblem(403, 'forbidden', 'other-origin')
  @ApiProblem(503, 'unavailable')
  @Post()
  async start(
    @Body() { apiKey }: SessionRequest,
    @Req() request: FastifyRequest,
    @Res({ passthrough: true }) reply: FastifyReply,
  ): Promise<Session> {
    if (isFromOtherOrigin(request)) throw otherOrigin();
    const holder = await this.keys.findHolder(apiKey.trim());
    if (!holder) throw new Problem(401, 'unauthorized', 'The API key is invalid, expired or revoked.');
    const role = rolesOfPeople.find((one) => one === holder.role);
    if (role === undefined)
      throw new Problem(
        403,
        'forbidden',
        `An API key with the role ${holder.role} is for programs: it has no session.`,
      );
    const { secret, endsAt } = await this.sessions.start(holder.keyId);
    reply.header('set-cookie', cookieOf(request, secret)).header('cache-control', 'no-store');
    return { role, name: holder.name, endsAt };
  }

  @Roles(...rolesOfPeople)
  @ApiOperation({ summary: 'Returns the session of the cookie.' })
  @ApiOkResponse({ schema: jsonSchema(Session) })
  @ApiProblem(404, 'not-found')
  @Get('current')
  async current(@Req() request: FastifyRequest): Promise<Session> {
    const holder = await this.sessions.findHolder(sessionSecretOf(request) ?? '');
    if (!holder) throw notFound('session');
    return { role: holder.role as Session['role'], name: holder.name, endsAt: holder.endsAt };
  }

  @Public()
  @ApiOperation({
    summary: 'Ends the session of the cookie, if there is one; other processes may accept it for up to 10 s.',
  })
  @ApiNoContentResponse({ headers: setCookie })
  @ApiProblem(403, 'other-origin')
  @ApiProblem(503, 'unavailable')
  @Delete('current')
  @HttpCode(204)
  async end(@Req() request: FastifyRequest, @Res({ passthrough: true }) reply: FastifyReply): Promise<void> {
    if (isFromOtherOrigin(request)) throw otherOrigin();
    const secret = sessionSecretOf(request);
    if (secret !== undefined) await this.sessions.end(secret);
    reply.header('set-cookie', endedCookieOf(request));
  }
}

import { Controller, Get, HttpStatus, Res } from '@nestjs/common';
import type { FastifyReply } from 'fastify';
import { Open } from '../auth/access.ts';
import { Dependencies } from '../dependencies.ts';

/** For orchestrators: is the process alive, and can it do its work? */
@Controller('health')
export class HealthController {
  constructor(private readonly dependencies: Dependencies) {}

  @Open()
  @Get('live')
  live(): object {
    return { status: 'up' };
  }

  @Open()
  @Get('ready')
  ready(@Res({ passthrough: true }) reply: FastifyReply): object {
    const missing = this.dependencies.missing();
    if (Object.keys(missing).length === 0) return { status: 'up' };
    reply.status(HttpStatus.SERVICE_UNAVAILABLE);
    return { status: 'down', missing };
  }
}

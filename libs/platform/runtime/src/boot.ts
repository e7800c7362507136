import cors, { type FastifyCorsOptions } from '@fastify/cors';
import { type Type, ValidationPipe } from '@nestjs/common';
import { NestFactory } from '@nestjs/core';
import type { NestFastifyApplication } from '@nestjs/platform-fastify';
import { reasonOf } from '@sestante/postgres';
import {
  isolating,
  measuring,
  redriving,
  type Stream,
  type StreamTransport,
  streamTransport,
} from '@sestante/streaming';
import { type Config, InvalidConfig, parseConfig } from './config.ts';
import { Dependencies } from './dependencies.ts';
import { closeConnections, httpAdapter } from './http/adapter.ts';
import { CrossOrigin } from './http/cross-origin.ts';
import { callDirectly } from './direct.ts';
import { ProblemAnswers } from './http/problem-answers.ts';
import { ProblemFilter } from './http/problem.filter.ts';
import { ShallowBodies } from './http/shallow-bodies.ts';
import { readLag } from './observe/lag.ts';
import { measureLag } from './observe/lag-metrics.ts';
import { DeadLetters } from './dead-letters/dead-letters.ts';
import { KeepDeadLetters } from './dead-letters/keep-dead-letters.ts';
import { createLogger, nestLogger } from './logger.ts';
import type { Metrics } from './observe/metrics.ts';
import { measureRequests } from './observe/request-metrics.ts';
import { openTracing, type Tracing } from './observe/tracing/tracing.ts';
import { serveDocs } from './openapi/serve-docs.ts';
import { rootOf } from './root.ts';
import { tokens } from './tokens.ts';

/** A process that listens. */
export interface Running {
  /** Where it listens, such as http://127.0.0.1:4600. */
  readonly url: string;
  /** Resolves when everything that it needs is there and the handlers are subscribed; never, if it is stopped before. */
  readonly ready: Promise<void>;
  stop(): Promise<void>;
}

/**
 * Starts the modules in this process. HTTP listens at once; what needs a database or the stream answers 503 until they are there.
 * Rejects when the port cannot be had.
 */
export async function boot(modules: readonly Type[], config: Config): Promise<Running> {
  if (!config.DATABASE_URL)
    throw new InvalidConfig(['DATABASE_URL is missing: postgres://user:password@host:port/database']);
  const logger = createLogger(config.LOG_LEVEL);
  const tracing = await openTracing(config, logger, modules.map(nameOf));
  const adapter = httpAdapter();
  const app = await NestFactory.create<NestFastifyApplication>(rootOf(modules, { config, logger, tracing }), adapter, {
    logger: nestLogger(logger),
    bodyParser: false,
    forceCloseConnections: false,
    abortOnError: false,
  });
  const dependencies = app.get(Dependencies);
  await surroundRequests(app, tracing);
  const transport = surroundHandlers(app, tracing);
  dependencies.whenReady(async () => {
    await app.startAllMicroservices();
    app.get(DeadLetters).begin(transport.groups());
  });
  try {
    await app.listen(config.PORT, config.HOST);
  } catch (error) {
    await app.close();
    throw error;
  }
  return {
    url: (await app.getUrl()).replace('[::1]', '127.0.0.1'),
    ready: dependencies.open(),
    async stop() {
      const stopClosing = closeConnections(adapter);
      await app.close();
      stopClosing();
    },
  };
}

/** What is around every request. Before the routes are registered. */
async function surroundRequests(app: NestFastifyApplication, tracing: Tracing | undefined): Promise<void> {
  const problems = app.get(ProblemAnswers);
  app.useGlobalFilters(new ProblemFilter(problems));
  callDirectly(app, problems);
  serveDocs(app, problems);
  measureRequests(app, app.get<Metrics>(tokens.metrics).registry);
  tracing?.traceRequests(app);
  app.useGlobalPipes(
    new ShallowBodies(),
    new ValidationPipe({ transform: true, whitelist: true, forbidNonWhitelisted: true }),
  );
  const crossOrigin = app.get(CrossOrigin);
  // Nest's way writes its headers twice, and costs each request as much as it costs a page's.
  await app.register<FastifyCorsOptions>(cors, {
    delegator: (request, tell) => tell(null, crossOrigin.optionsOf(request)),
  });
}

/** What is around every handler of a topic, the outermost first, and where messages go that a handler cannot use. */
function surroundHandlers(app: NestFastifyApplication, tracing: Tracing | undefined): StreamTransport {
  const [metrics, stream] = [app.get<Metrics>(tokens.metrics), app.get<Stream>(tokens.stream)];
  const letters = app.get(KeepDeadLetters);
  measureLag(metrics.registry, () => readLag(stream));
  const middleware = [
    ...(tracing ? [tracing.traceBatches] : []),
    measuring(metrics.observeBatch),
    isolating(),
    redriving((...handled) => letters.handled(...handled)),
  ];
  const strategy = streamTransport(stream, middleware, (kept) => letters.keep(kept));
  app.connectMicroservice({ strategy }, { inheritAppConfig: false });
  return strategy;
}

/** `main.ts` of a service: boots it, stops it on SIGINT and SIGTERM, and ends with one clear line when it cannot start. */
export async function run(...modules: Type[]): Promise<void> {
  try {
    const running = await boot(modules, parseConfig(process.env));
    stopOnSignals(() => running.stop());
    await running.ready;
  } catch (error) {
    endWith(error);
  }
}

const stopMs = 4_500;

const lookForParentMs = 500;

/**
 * Calls `stop` once on the first signal; a stop that takes too long ends the process all the same. Under npm it is called also when the parent is
 * gone: the shell between npm and us passes no signal on.
 */
export function stopOnSignals(stop: () => Promise<void>): void {
  let stopping = false;
  const end = (signal: NodeJS.Signals) => {
    if (stopping) return;
    stopping = true;
    process.stderr.write(`sestante: stopping (${signal})\n`);
    setTimeout(() => process.exit(1), stopMs).unref();
    stop().then(
      () => process.exit(0),
      (error: unknown) => endWith(error),
    );
  };
  process.once('SIGINT', end).once('SIGTERM', end);
  const parent = process.ppid;
  const look = () => void (process.ppid !== parent && end('SIGTERM'));
  if (process.env['npm_lifecycle_event'] !== undefined) setInterval(look, lookForParentMs).unref();
}

/** Says in one line why the process cannot go on, and ends it. */
export function endWith(error: unknown): never {
  const { code, port } = error as { code?: string; port?: number };
  const reason = code === 'EADDRINUSE' ? `Port ${port} is in use: set PORT to another one.` : reasonOf(error);
  process.stderr.write(`sestante: ${reason}\n`);
  process.exit(1);
}

/** `ingest` for `IngestModule`. */
const nameOf = ({ name }: Type) => name.replace(/Module$/, '').toLowerCase();

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
import { type Pages, servePages } from './http/serve-pages.ts';
import { ProblemSender } from './http/problem-sender.ts';
import { ProblemFilter } from './http/problem.filter.ts';
import { BodyDepthLimit } from './http/body-depth-limit.ts';
import { readLag } from './observe/lag.ts';
import { measureLag } from './observe/lag-metrics.ts';
import { DeadLetters } from './dead-letters/dead-letters.ts';
import { StoreDeadLetters } from './dead-letters/store-dead-letters.ts';
import { createLogger, nestLogger } from './logger.ts';
import type { Metrics } from './observe/metrics.ts';
import { measureRequests } from './observe/request-metrics.ts';
import { openTracing, type Tracing } from './observe/tracing/tracing.ts';
import { serveDocs } from './openapi/serve-docs.ts';
import { rootModule } from './root-module.ts';
import { tokens } from './tokens.ts';

/** A started process. */
export interface RunningProcess {
  /** The address of its HTTP server, such as http://127.0.0.1:4600. */
  readonly url: string;
  /** Resolves when all dependencies are open and the handlers are subscribed; never, if the process is stopped before. */
  readonly ready: Promise<void>;
  stop(): Promise<void>;
}

/**
 * Starts the modules in this process. HTTP listens at once; routes that need a database or the stream respond with 503 until they are
 * available. `pages` are served beside the routes. Rejects if the port is not available.
 */
export async function boot(modules: readonly Type[], config: Config, pages?: Pages): Promise<RunningProcess> {
  if (!config.DATABASE_URL)
    throw new InvalidConfig(['DATABASE_URL is missing: postgres://user:password@host:port/database']);
  const logger = createLogger(config.LOG_LEVEL);
  const tracing = await openTracing(config, logger, modules.map(nameOf));
  const adapter = httpAdapter();
  const app = await NestFactory.create<NestFastifyApplication>(
    rootModule(modules, { config, logger, tracing }),
    adapter,
    {
      logger: nestLogger(logger),
      bodyParser: false,
      forceCloseConnections: false,
      abortOnError: false,
    },
  );
  const dependencies = app.get(Dependencies);
  await configureHttp(app, tracing);
  if (pages) await servePages(app, app.get(ProblemSender), pages);
  const transport = connectHandlers(app, tracing);
  dependencies.whenReady(async () => {
    await app.startAllMicroservices();
    app.get(DeadLetters).setGroups(transport.groups());
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

/** Adds filters, hooks, pipes and CORS. Call it before the routes are registered. */
async function configureHttp(app: NestFastifyApplication, tracing: Tracing | undefined): Promise<void> {
  const problems = app.get(ProblemSender);
  app.useGlobalFilters(new ProblemFilter(problems));
  callDirectly(app, problems);
  serveDocs(app, problems);
  measureRequests(app, app.get<Metrics>(tokens.metrics).registry);
  tracing?.traceRequests(app);
  app.useGlobalPipes(
    new BodyDepthLimit(),
    new ValidationPipe({ transform: true, whitelist: true, forbidNonWhitelisted: true }),
  );
  const crossOrigin = app.get(CrossOrigin);
  // Nest's `enableCors` writes its headers twice, and slows down requests without an origin as well.
  await app.register<FastifyCorsOptions>(cors, {
    delegator: (request, callback) => callback(null, crossOrigin.optionsOf(request)),
  });
}

/** Connects the handlers of topics to the stream, with their middleware (the outermost first) and the storage of dead letters. */
function connectHandlers(app: NestFastifyApplication, tracing: Tracing | undefined): StreamTransport {
  const [metrics, stream] = [app.get<Metrics>(tokens.metrics), app.get<Stream>(tokens.stream)];
  const storage = app.get(StoreDeadLetters);
  measureLag(metrics.registry, () => readLag(stream));
  const middleware = [
    ...(tracing ? [tracing.traceBatches] : []),
    measuring(metrics.observeBatch),
    isolating(),
    redriving((...handled) => storage.removeHandled(...handled)),
  ];
  const strategy = streamTransport(stream, middleware, (letters) => storage.store(letters));
  app.connectMicroservice({ strategy }, { inheritAppConfig: false });
  return strategy;
}

/** `main.ts` of a service: boots it, stops it on SIGINT and SIGTERM, and exits with one line on standard error if it cannot start. */
export async function run(...modules: Type[]): Promise<void> {
  try {
    const running = await boot(modules, parseConfig(process.env));
    stopOnSignals(() => running.stop());
    await running.ready;
  } catch (error) {
    exitWithError(error);
  }
}

const stopMs = 4_500;

const checkParentMs = 500;

/**
 * Calls `stop` once on the first signal. The process exits after 4.5 s even if the stop has not finished. Under npm, `stop` is also called when
 * the parent process has ended: the shell between npm and this process does not forward signals.
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
      (error: unknown) => exitWithError(error),
    );
  };
  process.once('SIGINT', end).once('SIGTERM', end);
  const parent = process.ppid;
  const checkParent = () => void (process.ppid !== parent && end('SIGTERM'));
  if (process.env['npm_lifecycle_event'] !== undefined) setInterval(checkParent, checkParentMs).unref();
}

/** Prints the error in one line and exits with 1. */
export function exitWithError(error: unknown): never {
  const { code, port } = error as { code?: string; port?: number };
  const reason = code === 'EADDRINUSE' ? `port ${port} is already in use. Set PORT to a free port.` : reasonOf(error);
  process.stderr.write(`sestante: ${reason}\n`);
  process.exit(1);
}

/** `ingest` for `IngestModule`. */
const nameOf = ({ name }: Type) => name.replace(/Module$/, '').toLowerCase();

import 'reflect-metadata';
import { plainToInstance, Transform } from 'class-transformer';
import { inspect } from 'node:util';
import {
  ArrayNotEmpty,
  IsIn,
  IsInt,
  IsNumber,
  IsOptional,
  IsString,
  Matches,
  Max,
  Min,
  MinLength,
  validateSync,
} from 'class-validator';
import { AreOrigins } from './http/origin.ts';

const levels = ['fatal', 'error', 'warn', 'info', 'debug', 'trace', 'silent'] as const;
const samplers = [
  'always_on',
  'always_off',
  'traceidratio',
  'parentbased_always_on',
  'parentbased_always_off',
  'parentbased_traceidratio',
] as const;
export type SamplerName = (typeof samplers)[number];

const number = Transform(({ value }) => (/^\d*\.?\d+$/.test(String(value)) ? Number(value) : (value as unknown)));
const whole = Transform(({ value }) => (/^-?\d+$/.test(String(value)) ? Number(value) : (value as unknown)));
const list = Transform(({ value }) =>
  typeof value === 'string'
    ? value
        .split(',')
        .map((part) => part.trim())
        .filter(Boolean)
    : (value as unknown),
);

/** The fewest characters of a key that somebody names. */
export const shortestKey = 16;

/** What the environment says, read once. The names are those of the variables; an empty variable counts as not set. */
export class Config {
  /** Where HTTP listens; 0 takes a free port. */
  @whole @IsInt() @Min(0) @Max(65535) PORT = 4600;
  @IsString() @MinLength(1) HOST = '127.0.0.1';
  /** The one Postgres of all services. The standalone process brings its own where it is not set. */
  @IsOptional()
  @Matches(/^postgres(ql)?:\/\/.+/, { message: 'DATABASE_URL must begin with postgres://' })
  DATABASE_URL?: string;
  /** The Kafka cluster, host:port separated by commas. Without it the stream lies in Postgres. */
  @IsOptional()
  @list
  @ArrayNotEmpty()
  @Matches(/^[^\s:]+:\d+$/, { each: true, message: 'KAFKA_BROKERS must be host:port, separated by commas' })
  KAFKA_BROKERS?: string[];
  /** How many partitions new topics get. */
  @whole @IsInt() @Min(1) @Max(1000) SESTANTE_PARTITIONS = 4;
  /** The folder of the standalone process: keys and the embedded Postgres. */
  @IsString() @MinLength(1) SESTANTE_DATA = '.sestante';
  /** Write key of the first source. */
  @IsOptional() @IsString() @MinLength(shortestKey) SESTANTE_WRITE_KEY?: string;
  /** API key of the first administrator. */
  @IsOptional() @IsString() @MinLength(shortestKey) SESTANTE_API_KEY?: string;
  /** How long rejected events are kept. */
  @whole @IsInt() @Min(1) @Max(3650) SESTANTE_REJECTED_DAYS = 30;
  /**
   * The origins whose pages may read offers with a customer's token, such as https://shop.example, separated by commas. Exact ones only: `*`
   * would let a page of anybody use a token that it came by.
   */
  @list @AreOrigins() SESTANTE_ALLOWED_ORIGINS: string[] = [];
  /** A collector of OpenTelemetry that takes OTLP over HTTP, such as http://collector:4318. Without it nothing is traced. */
  @IsOptional()
  @Matches(/^https?:\/\/[^\s?#]+$/, { message: 'OTEL_EXPORTER_OTLP_ENDPOINT must be an http:// or https:// address' })
  OTEL_EXPORTER_OTLP_ENDPOINT?: string;
  /** Which traces are kept. */
  @IsIn(samplers) OTEL_TRACES_SAMPLER: SamplerName = 'parentbased_always_on';
  /** For samplers by ratio: the share of traces that are kept. */
  @number @IsNumber() @Min(0) @Max(1) OTEL_TRACES_SAMPLER_ARG = 1;
  @IsIn(levels) LOG_LEVEL: (typeof levels)[number] = 'info';

  /** As it may be printed: with *** for secrets. */
  toJSON(): object {
    return Object.fromEntries(Object.entries(this).map(([name, value]) => [name, printable(name, value)]));
  }

  [inspect.custom](): object {
    return this.toJSON();
  }
}

function printable(name: string, value: unknown): unknown {
  if (name.endsWith('_KEY')) return '***';
  return typeof value === 'string' ? value.replace(/(:\/\/[^:/]*:).*@/, '$1***@') : value;
}

/** The environment holds something that cannot be used. The message has a line for each fault and never a secret. */
export class InvalidConfig extends Error {
  constructor(readonly faults: readonly string[]) {
    super(`The configuration cannot be used:\n${faults.map((fault) => `  ${fault}`).join('\n')}`);
    this.name = 'InvalidConfig';
  }
}

/** Reads, types and checks the variables that `Config` names. Throws `InvalidConfig` with all faults at once. */
export function parseConfig(environment: Readonly<Record<string, string | undefined>>): Config {
  const names = [
    'PORT',
    'HOST',
    'DATABASE_URL',
    'KAFKA_BROKERS',
    'SESTANTE_PARTITIONS',
    'SESTANTE_DATA',
    'SESTANTE_WRITE_KEY',
    'SESTANTE_API_KEY',
    'SESTANTE_REJECTED_DAYS',
    'SESTANTE_ALLOWED_ORIGINS',
    'OTEL_EXPORTER_OTLP_ENDPOINT',
    'OTEL_TRACES_SAMPLER',
    'OTEL_TRACES_SAMPLER_ARG',
    'LOG_LEVEL',
  ];
  const given = Object.fromEntries(names.filter((name) => environment[name]).map((name) => [name, environment[name]]));
  const config = plainToInstance(Config, given, { exposeDefaultValues: true });
  const faults = validateSync(config).flatMap(({ constraints }) => Object.values(constraints ?? {}));
  if (faults.length > 0) throw new InvalidConfig(faults);
  return config;
}

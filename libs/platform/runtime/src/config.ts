import 'reflect-metadata';
import { type AttributeName, attributeNames } from '@sestante/contracts';
import { plainToInstance, Transform } from 'class-transformer';
import { inspect } from 'node:util';
import {
  ArrayNotEmpty,
  getMetadataStorage,
  IsBoolean,
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
import { kafkaFaults } from './config/kafka-faults.ts';
import { type KafkaSettings, type Mechanism, mechanisms } from './config/kafka-settings.ts';
import { isSecret, readSecrets, Secret } from './config/secrets.ts';
import { readTlsFiles } from './config/tls-files.ts';

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
const integer = Transform(({ value }) => (/^-?\d+$/.test(String(value)) ? Number(value) : (value as unknown)));
const commaSeparated = (value: unknown) =>
  typeof value === 'string'
    ? value
        .split(',')
        .map((part) => part.trim())
        .filter(Boolean)
    : value;
const list = Transform(({ value }) => commaSeparated(value));

const boolean = Transform(({ value }) => (value === 'true' ? true : value === 'false' ? false : (value as unknown)));
const lowerCase = Transform(({ value }) => (typeof value === 'string' ? value.toLowerCase() : (value as unknown)));

const listOrNone = Transform(({ value }) => (value === 'none' ? [] : commaSeparated(value)));

/** The fewest characters of a configured key. */
export const minKeyLength = 16;

/**
 * The configuration from the environment, read once. The names are those of the variables; an empty variable counts as not set. Every variable
 * has a validation rule and is documented in docs/configuration.md.
 */
export class Config implements KafkaSettings {
  /** The port of the HTTP server; 0 selects a free port. */
  @integer @IsInt() @Min(0) @Max(65535) PORT = 4600;
  @IsString() @MinLength(1) HOST = '127.0.0.1';
  /** The Postgres database of all services. The standalone process starts an embedded one if it is not set. */
  @Secret
  @IsOptional()
  @Matches(/^postgres(ql)?:\/\/.+/, { message: 'DATABASE_URL must begin with postgres://' })
  DATABASE_URL?: string;
  /** The Kafka cluster, host:port separated by commas. Without it, the stream is stored in Postgres. */
  @IsOptional()
  @list
  @ArrayNotEmpty()
  @Matches(/^[^\s:]+:\d+$/, { each: true, message: 'KAFKA_BROKERS must be host:port, separated by commas' })
  KAFKA_BROKERS?: string[];
  /** Whether to use TLS for connections to the brokers. */
  @boolean @IsBoolean({ message: 'KAFKA_SSL must be true or false' }) KAFKA_SSL = false;
  /** The certificate authorities to trust instead of those of Node. */
  @IsOptional() @IsString() KAFKA_SSL_CA_FILE?: string;
  /** The client certificate for the brokers, and its key. */
  @IsOptional() @IsString() KAFKA_SSL_CERT_FILE?: string;
  @IsOptional() @IsString() KAFKA_SSL_KEY_FILE?: string;
  /** The authentication mechanism for the brokers. */
  @IsOptional() @lowerCase @IsIn(mechanisms) KAFKA_SASL_MECHANISM?: Mechanism;
  @IsOptional() @IsString() KAFKA_SASL_USERNAME?: string;
  @Secret @IsOptional() @IsString() KAFKA_SASL_PASSWORD?: string;
  /** The token endpoint and the client of the mechanism oauthbearer. */
  @IsOptional() @IsString() KAFKA_SASL_OAUTH_TOKEN_ENDPOINT?: string;
  @IsOptional() @IsString() KAFKA_SASL_OAUTH_CLIENT_ID?: string;
  @Secret @IsOptional() @IsString() KAFKA_SASL_OAUTH_CLIENT_SECRET?: string;
  @IsOptional() @IsString() KAFKA_SASL_OAUTH_SCOPE?: string;
  /** The prefix of the names of all topics and groups in the cluster. */
  @IsOptional()
  @Matches(/^[a-zA-Z0-9._-]{1,200}$/, {
    message: 'KAFKA_TOPIC_PREFIX must be 1 to 200 letters, digits, dots, hyphens and underscores',
  })
  KAFKA_TOPIC_PREFIX?: string;
  /** The replication factor of new topics. Without it, the cluster decides. */
  @IsOptional() @integer @IsInt() @Min(1) @Max(32767) KAFKA_REPLICATION_FACTOR?: number;
  /** Whether to create missing topics, or only to check that they exist. */
  @IsIn(['create', 'check']) KAFKA_TOPICS: 'create' | 'check' = 'create';
  /** The number of partitions of new topics. */
  @integer @IsInt() @Min(1) @Max(1000) SESTANTE_PARTITIONS = 4;
  /** The folder of the standalone process, with its keys and the embedded Postgres. */
  @IsString() @MinLength(1) SESTANTE_DATA = '.sestante';
  /** Write key of the first source. */
  @Secret @IsOptional() @IsString() @MinLength(minKeyLength) SESTANTE_WRITE_KEY?: string;
  /** API key of the first administrator. */
  @Secret @IsOptional() @IsString() @MinLength(minKeyLength) SESTANTE_API_KEY?: string;
  /** How many days rejected events are retained. */
  @integer @IsInt() @Min(1) @Max(3650) SESTANTE_REJECTED_DAYS = 30;
  /**
   * The origins whose pages may read offers with a customer's token, such as https://shop.example, separated by commas. Only exact origins:
   * `*` would let any page use a stolen token.
   */
  @list @AreOrigins() SESTANTE_ALLOWED_ORIGINS: string[] = [];
  /** The URL of an OpenTelemetry collector that accepts OTLP over HTTP, such as http://collector:4318. Without it, tracing is off. */
  @IsOptional()
  @Matches(/^https?:\/\/[^\s?#]+$/, { message: 'OTEL_EXPORTER_OTLP_ENDPOINT must be an http:// or https:// address' })
  OTEL_EXPORTER_OTLP_ENDPOINT?: string;
  /** The sampler of traces. */
  @IsIn(samplers) OTEL_TRACES_SAMPLER: SamplerName = 'parentbased_always_on';
  /** The share of sampled traces, 0 to 1, for samplers by ratio. */
  @number @IsNumber() @Min(0) @Max(1) OTEL_TRACES_SAMPLER_ARG = 1;
  /** How many days dead letters are retained. */
  @integer @IsInt() @Min(1) @Max(3650) SESTANTE_DEAD_LETTER_DAYS = 30;
  /** How many months activities are retained in the timeline after the month in which they were received. */
  @integer @IsInt() @Min(1) @Max(120) SESTANTE_ACTIVITY_MONTHS = 25;
  /** The same for the evidence of scores. */
  @integer @IsInt() @Min(1) @Max(120) SESTANTE_EVIDENCE_MONTHS = 25;
  /** The same for decisions, after the month in which they were made. */
  @integer @IsInt() @Min(1) @Max(120) SESTANTE_DECISION_MONTHS = 25;
  /** How many days the copy of a customer's data is retained that the customer asked for. */
  @integer @IsInt() @Min(1) @Max(30) SESTANTE_EXPORT_DAYS = 7;
  /**
   * The attributes of customers that leave the service `profile`, separated by commas, or `none`. Those that may be sensitive are not among them: the
   * region, the age, and tags, which a shop makes for anything.
   */
  @listOrNone
  @IsIn(attributeNames, {
    each: true,
    message: `SESTANTE_ATTRIBUTES must be none, or some of ${attributeNames.join(', ')}, separated by commas`,
  })
  SESTANTE_ATTRIBUTES: AttributeName[] = ['country', 'language', 'tier'];
  @IsIn(levels) LOG_LEVEL: (typeof levels)[number] = 'info';

  /** The configuration for printing, with *** in place of secrets. */
  toJSON(): object {
    return Object.fromEntries(Object.entries(this).map(([name, value]) => [name, printable(name, value)]));
  }

  [inspect.custom](): object {
    return this.toJSON();
  }
}

function printable(name: string, value: unknown): unknown {
  if (isSecret(name) && name !== 'DATABASE_URL' && value !== undefined) return '***';
  return typeof value === 'string' ? value.replace(/(:\/\/[^:/]*:).*@/, '$1***@') : value;
}

/** The environment contains invalid variables. The message has a line for each fault and never contains a secret. */
export class InvalidConfig extends Error {
  constructor(readonly faults: readonly string[]) {
    super(`the configuration is invalid:\n${faults.map((fault) => `  ${fault}`).join('\n')}`);
    this.name = 'InvalidConfig';
  }
}

/** The names of all variables of `Config`. */
export function variables(): string[] {
  const rules = getMetadataStorage().getTargetValidationMetadatas(Config, '', false, false);
  return [...new Set(rules.map(({ propertyName }) => propertyName))];
}

/** Reads, converts and validates the variables of `Config` and the files that they name. Throws `InvalidConfig` with all faults at once. */
export function parseConfig(environment: Readonly<Record<string, string | undefined>>): Config {
  const secrets = readSecrets(environment);
  const values = variables().flatMap((name) => {
    const value = secrets.values[name] ?? environment[name];
    return value ? [[name, value] as const] : [];
  });
  const config = plainToInstance(Config, Object.fromEntries(values), { exposeDefaultValues: true });
  const given = [...new Set([...secrets.named, ...values.map(([name]) => name)])];
  const faults = [
    ...secrets.faults,
    ...validateSync(config).flatMap(({ constraints }) => Object.values(constraints ?? {})),
    ...kafkaFaults(config, given),
    ...readTlsFiles(config).faults,
  ];
  if (faults.length > 0) throw new InvalidConfig(faults);
  return config;
}

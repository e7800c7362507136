import { X509Certificate } from 'node:crypto';
import { createSecureContext } from 'node:tls';
import type { KafkaSettings } from './kafka-settings.ts';
import { readNamedFile } from './secrets.ts';

/** Certificates and key for TLS connections to the brokers, as PEM. */
export interface TlsFiles {
  readonly ca?: Buffer;
  readonly cert?: Buffer;
  readonly key?: Buffer;
}

const variables = { ca: 'KAFKA_SSL_CA_FILE', cert: 'KAFKA_SSL_CERT_FILE', key: 'KAFKA_SSL_KEY_FILE' } as const;

/** Reads the files that the configuration names. Returns the valid ones, and a fault for each of the others. */
export function readTlsFiles(config: KafkaSettings): { files: TlsFiles; faults: string[] } {
  const files: Record<string, Buffer> = {};
  const faults: string[] = [];
  for (const [part, variable] of Object.entries(variables)) {
    const path = config[variable];
    if (path === undefined) continue;
    const { content, fault } = readNamedFile(variable, path);
    if (content && (part === 'key' || isCertificate(content))) files[part] = content;
    else faults.push(fault ?? `${variable}: ${path} contains no certificate in PEM`);
  }
  return { files, faults: [...faults, ...faultsOfPair(files)] };
}

function isCertificate(content: Buffer): boolean {
  try {
    return new X509Certificate(content).raw.length > 0;
  } catch {
    return false;
  }
}

function faultsOfPair({ cert, key }: TlsFiles): string[] {
  if (!cert || !key) return [];
  try {
    createSecureContext({ cert, key });
    return [];
  } catch (error) {
    return [
      `${variables.key} must contain the private key of ${variables.cert} in PEM, without a passphrase (${codeOf(error)})`,
    ];
  }
}

const codeOf = (error: unknown) => (error as NodeJS.ErrnoException).code ?? (error as Error).message;

import { readFile, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { run } from './program.ts';

/** Paths of PEM files, valid for two days. */
export interface Certificates {
  /** The CA of the broker and client certificates. */
  readonly ca: string;
  /** Another CA, which has signed no certificate. */
  readonly otherCa: string;
  /** Key and certificate of the broker in one file, for localhost and 127.0.0.1. */
  readonly broker: string;
  /** Certificate and key of the client `CN=sestante`. */
  readonly clientCert: string;
  readonly clientKey: string;
}

const newKey = ['-newkey', 'ec', '-pkeyopt', 'ec_paramgen_curve:prime256v1', '-nodes'];
const names = 'subjectAltName=DNS:localhost,IP:127.0.0.1\n';

/** Creates certificates with openssl. */
export async function makeCertificates(folder: string): Promise<Certificates> {
  const at = (file: string) => join(folder, file);
  await writeFile(at('names'), names);
  await Promise.all([makeCa(at('ca'), 'Sestante test CA'), makeCa(at('other-ca'), 'Another CA')]);
  for (const name of ['localhost', 'sestante']) await sign(at(name), name, { ca: at('ca'), names: at('names') });
  const parts = await Promise.all([readFile(at('localhost.key')), readFile(at('localhost.pem'))]);
  await writeFile(at('broker.pem'), Buffer.concat(parts));
  return {
    ca: at('ca.pem'),
    otherCa: at('other-ca.pem'),
    broker: at('broker.pem'),
    clientCert: at('sestante.pem'),
    clientKey: at('sestante.key'),
  };
}

async function makeCa(path: string, name: string): Promise<void> {
  const files = ['-keyout', `${path}.key`, '-out', `${path}.pem`];
  await run('openssl', ['req', '-x509', ...newKey, '-days', '2', '-subj', `/CN=${name}`, ...files]);
}

async function sign(path: string, name: string, { ca, names }: { ca: string; names: string }): Promise<void> {
  const request = ['-keyout', `${path}.key`, '-out', `${path}.csr`];
  await run('openssl', ['req', '-new', ...newKey, '-subj', `/CN=${name}`, ...request]);
  const signer = ['-CA', `${ca}.pem`, '-CAkey', `${ca}.key`, '-CAcreateserial', '-days', '2', '-extfile', names];
  await run('openssl', ['x509', '-req', '-in', `${path}.csr`, '-out', `${path}.pem`, ...signer]);
}

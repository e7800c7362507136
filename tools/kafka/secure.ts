import { mkdir } from 'node:fs/promises';
import { join } from 'node:path';
import { makeCertificates } from './certificates.ts';
import type { SecuredListeners, User } from './local-kafka.ts';
import type { Listener, Settings } from './settings.ts';

const users = {
  admin: { username: 'sestante', password: 'secret-of-sestante' },
  tenant: { username: 'tenant', password: 'secret-of-tenant' },
};
const loginModules = 'org.apache.kafka.common.security';
const subject = 'unsecuredLoginStringClaim_sub="broker"';

/** The settings of the secured listeners of a broker. */
export interface Security {
  readonly listeners: readonly Listener[];
  readonly settings: Settings;
  /** Arguments of the tool that formats the storage folder, which also creates the SCRAM users. */
  readonly formatArguments: readonly string[];
  readonly secured: SecuredListeners;
}

/** Creates certificates in the folder, and the settings that use them. Only the admin has permissions that were not granted. */
export async function secure(folder: string, ports: { sasl: number; mutual: number }): Promise<Security> {
  const certificates = join(folder, 'certificates');
  await mkdir(certificates);
  const { broker, ...files } = await makeCertificates(certificates);
  return {
    listeners: [
      { name: 'SASL', port: ports.sasl, protocol: 'SASL_SSL' },
      { name: 'MUTUAL', port: ports.mutual, protocol: 'SSL' },
    ],
    settings: {
      'ssl.keystore.type': 'PEM',
      'ssl.keystore.location': broker,
      'ssl.truststore.type': 'PEM',
      'ssl.truststore.location': files.ca,
      'listener.name.mutual.ssl.client.auth': 'required',
      'listener.name.sasl.sasl.enabled.mechanisms': 'PLAIN,SCRAM-SHA-256,SCRAM-SHA-512,OAUTHBEARER',
      'listener.name.sasl.plain.sasl.jaas.config': `${loginModules}.plain.PlainLoginModule required ${plainUsers()};`,
      ...scram('256'),
      ...scram('512'),
      'listener.name.sasl.oauthbearer.sasl.jaas.config': `${loginModules}.oauthbearer.OAuthBearerLoginModule required ${subject};`,
      'authorizer.class.name': 'org.apache.kafka.metadata.authorizer.StandardAuthorizer',
      'super.users': 'User:ANONYMOUS;User:sestante;User:CN=sestante',
    },
    formatArguments: Object.values(users).flatMap((user) => [...scramUser('256', user), ...scramUser('512', user)]),
    secured: { sasl: `127.0.0.1:${ports.sasl}`, mutual: `127.0.0.1:${ports.mutual}`, users, files },
  };
}

function plainUsers(): string {
  return Object.values(users)
    .map(({ username, password }) => `user_${username}="${password}"`)
    .join(' ');
}

const scram = (bits: string) => ({
  [`listener.name.sasl.scram-sha-${bits}.sasl.jaas.config`]: `${loginModules}.scram.ScramLoginModule required;`,
});

function scramUser(bits: string, { username, password }: User): string[] {
  return ['--add-scram', `SCRAM-SHA-${bits}=[name=${username},password=${password}]`];
}

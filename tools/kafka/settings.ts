/** Settings of a broker with their names in server.properties. */
export type Settings = Readonly<Record<string, string>>;

/** The folder and the ports of a one-node cluster. */
export interface BrokerLocation {
  readonly folder: string;
  readonly port: number;
  readonly controllerPort: number;
}

/** An additional listener on loopback. */
export interface Listener {
  readonly name: string;
  readonly port: number;
  readonly protocol: 'SSL' | 'SASL_SSL';
}

/** Settings for quick tests. */
export const testSettings: Settings = {
  'auto.create.topics.enable': 'false',
  'group.initial.rebalance.delay.ms': '0',
  'group.min.session.timeout.ms': '1000',
  'offsets.topic.num.partitions': '4',
  'offsets.topic.replication.factor': '1',
  'transaction.state.log.min.isr': '1',
  'transaction.state.log.replication.factor': '1',
};

/** The settings of a broker that is its own controller, on loopback only. */
export function brokerSettings({ folder, port, controllerPort }: BrokerLocation, more: readonly Listener[]): Settings {
  const listeners = [{ name: 'PLAINTEXT', port, protocol: 'PLAINTEXT' }, ...more];
  const addresses = listeners.map((listener) => `${listener.name}://127.0.0.1:${listener.port}`).join();
  const protocols = listeners.map(({ name, protocol }) => `${name}:${protocol}`).join();
  return {
    'process.roles': 'broker,controller',
    'node.id': '1',
    'log.dirs': folder,
    listeners: `${addresses},CONTROLLER://127.0.0.1:${controllerPort}`,
    'advertised.listeners': addresses,
    'listener.security.protocol.map': `${protocols},CONTROLLER:PLAINTEXT`,
    'inter.broker.listener.name': 'PLAINTEXT',
    'controller.listener.names': 'CONTROLLER',
    'controller.quorum.voters': `1@127.0.0.1:${controllerPort}`,
    ...testSettings,
  };
}

export function toProperties(settings: Settings): string {
  return Object.entries(settings)
    .map(([name, value]) => `${name}=${value}\n`)
    .join('');
}

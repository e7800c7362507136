/** The parts of a one-node cluster that differ from run to run. */
export interface Place {
  readonly folder: string;
  readonly port: number;
  readonly controllerPort: number;
}

/** Settings that make tests quick, in the words of server.properties. */
export const testSettings = {
  'auto.create.topics.enable': 'false',
  'group.initial.rebalance.delay.ms': '0',
  'group.min.session.timeout.ms': '1000',
  'offsets.topic.num.partitions': '4',
  'offsets.topic.replication.factor': '1',
  'transaction.state.log.min.isr': '1',
  'transaction.state.log.replication.factor': '1',
};

/** The server.properties of a broker that is its own controller, on loopback only. */
export function serverProperties({ folder, port, controllerPort }: Place): string {
  const settings = {
    'process.roles': 'broker,controller',
    'node.id': '1',
    'log.dirs': folder,
    listeners: `PLAINTEXT://127.0.0.1:${port},CONTROLLER://127.0.0.1:${controllerPort}`,
    'advertised.listeners': `PLAINTEXT://127.0.0.1:${port}`,
    'listener.security.protocol.map': 'PLAINTEXT:PLAINTEXT,CONTROLLER:PLAINTEXT',
    'inter.broker.listener.name': 'PLAINTEXT',
    'controller.listener.names': 'CONTROLLER',
    'controller.quorum.voters': `1@127.0.0.1:${controllerPort}`,
    ...testSettings,
  };
  return Object.entries(settings)
    .map(([name, value]) => `${name}=${value}\n`)
    .join('');
}

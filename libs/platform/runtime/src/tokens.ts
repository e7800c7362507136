import { Inject } from '@nestjs/common';

const tokens = {
  config: Symbol('config'),
  logger: Symbol('logger'),
  stream: Symbol('stream'),
  metrics: Symbol('metrics'),
  tracing: Symbol('tracing'),
};

export { tokens };
export const InjectConfig = () => Inject(tokens.config);
export const InjectLogger = () => Inject(tokens.logger);
export const InjectStream = () => Inject(tokens.stream);
export const InjectMetrics = () => Inject(tokens.metrics);

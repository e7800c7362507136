import { Inject } from '@nestjs/common';

const tokens = {
  modules: Symbol('modules'),
  config: Symbol('config'),
  logger: Symbol('logger'),
  stream: Symbol('stream'),
  metrics: Symbol('metrics'),
  tracing: Symbol('tracing'),
};

export { tokens };
/** The modules of the process, whose routes are documented. */
export const InjectModules = () => Inject(tokens.modules);
export const InjectConfig = () => Inject(tokens.config);
export const InjectLogger = () => Inject(tokens.logger);
export const InjectStream = () => Inject(tokens.stream);
export const InjectMetrics = () => Inject(tokens.metrics);

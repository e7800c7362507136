import { decodeBatch } from './decode-batch.ts';
import { frameRequest } from './frame-request.ts';
import { groupMessages } from './group-messages.ts';
import { load } from './internals.ts';
import { encodeProduce, type Produce } from './produce-request.ts';

/** The version whose internals are known. Any other is left as it is. */
const knownVersion = '2.2.4';

/** Modules of kafkajs that export one function, each with its replacement. */
const replacements: Readonly<Record<string, (original: never) => unknown>> = {
  'producer/groupMessagesPerPartition.js': () => groupMessages,
  'protocol/requests/produce/v3/request.js': (original: (request: Produce) => object) => (request: Produce) => ({
    ...original(request),
    encode: () => encodeProduce(request),
  }),
  'protocol/request.js': () => frameRequest,
  'protocol/recordBatch/v0/decoder.js': () => decodeBatch,
};

/**
 * Puts quicker functions in the place of some of kafkajs: they send the same bytes, and accept the same. kafkajs keeps these functions in constants, so
 * this module is imported before it. Returns whether they are in use: another version of kafkajs, or one that is loaded already, is left as it is.
 * See docs/adr/0021-own-record-encoding-for-kafkajs.md.
 */
function install(): boolean {
  if (load('kafkajs/package.json').version !== knownVersion) return false;
  const paths = Object.keys(replacements).map((name) => load.resolve(`kafkajs/src/${name}`));
  if (paths.some((path) => load.cache[path])) return false;
  for (const [name, replace] of Object.entries(replacements)) {
    const path = load.resolve(`kafkajs/src/${name}`);
    const original = load(path) as never;
    const module = load.cache[path];
    if (!module) return false;
    module.exports = replace(original);
  }
  return true;
}

export const isInstalled = install();

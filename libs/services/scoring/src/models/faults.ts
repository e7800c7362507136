import { compileModel, InvalidModel } from '@sestante/engagement';

/** Something that is wrong in a document, with its place, such as `rules[3].signals[0].weight`. */
export type Fault = InvalidModel['faults'][number];

const validVersion = /^[a-z0-9](?:[a-z0-9.-]{0,62}[a-z0-9])?$/;
const versionFault: Fault = {
  place: 'version',
  message: 'must be 1 to 64 lower-case letters, digits, dots and hyphens, as in retail-2',
};

/** The faults of a model document; none if it is valid. Its version is a part of addresses, so it is stricter than in the domain. */
export function faultsIn(document: unknown): readonly Fault[] {
  try {
    const { version } = compileModel(document);
    return validVersion.test(version) ? [] : [versionFault];
  } catch (error) {
    if (!(error instanceof InvalidModel)) throw error;
    return error.faults;
  }
}

import { findNodeAtLocation, type Node, parse, type ParseError, parseTree, printParseErrorCode } from 'jsonc-parser';

/** A fault in a text of JSON. */
export interface FaultInText {
  /** Such as `rules[3].signals[0].weight`; empty for a fault in the JSON itself. */
  readonly place: string;
  readonly message: string;
  readonly line: number;
  /** Where it begins in the text, and how long it is. */
  readonly offset: number;
  readonly length: number;
}

const strictly = { disallowComments: true };
const lineAt = (text: string, offset: number) => text.slice(0, offset).split('\n').length;

/** Why a text is no JSON: the first fault, because the others follow from it. */
export function faultsInText(text: string): FaultInText[] {
  const errors: ParseError[] = [];
  parse(text, errors, strictly);
  return errors.slice(0, 1).map(({ error, offset, length }) => ({
    place: '',
    message: `JSON: ${printParseErrorCode(error)}`,
    line: lineAt(text, offset),
    offset,
    length,
  }));
}

/** The faults of the API with their places in the text. What is missing is shown where it should be. */
export function placesInText(
  text: string,
  faults: readonly { readonly place: string; readonly message: string }[],
): FaultInText[] {
  const root = parseTree(text, [], strictly);
  return faults.map(({ place, message }) => {
    const node = root && nearest(root, pathOf(place));
    const { offset, length } = node ?? { offset: 0, length: 0 };
    return { place, message, line: lineAt(text, offset), offset, length };
  });
}

/** `rules[3].weight` is `['rules', 3, 'weight']`. */
const pathOf = (place: string): (string | number)[] =>
  [...place.matchAll(/[^.[\]]+/g)].map(([part]) => (/^\d+$/.test(part) ? Number(part) : part));

function nearest(root: Node, path: readonly (string | number)[]): Node {
  for (let length = path.length; length > 0; length--) {
    const node = findNodeAtLocation(root, path.slice(0, length));
    if (node) return node;
  }
  return root;
}

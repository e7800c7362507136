/** A value inside a document, with the path to it and the list that takes its faults. */
export interface Place {
  /** Empty for the document itself. */
  readonly path: string;
  readonly value: unknown;
  readonly faults: string[];
}

/** Notes what is wrong with the value here, or that there is none. */
export function fault(place: Place, what: string): void {
  note(place, isGiven(place) ? what : 'is missing');
}

/** Notes what is wrong here. Reading goes on, so that one attempt finds every fault. */
export function note({ path, faults }: Place, what: string): void {
  faults.push(`${path || 'document'}: ${what}`);
}

export function isGiven(place: Place): boolean {
  return place.value !== undefined;
}

/**
 * The fields of the object here, by name; an absent field is a place without value. A field of another name is a fault:
 * a misspelt condition must not become no condition.
 * If there is no object here, that is the one fault: what is asked of its fields adds none.
 */
export function fieldsOf<Name extends string>(place: Place, names: readonly Name[]): Readonly<Record<Name, Place>> {
  const entries = entriesOf(place);
  const known: ReadonlySet<string> = new Set(names);
  for (const [name, inside] of entries ?? []) {
    if (!known.has(name)) fault(inside, 'is not a known field');
  }
  const found = new Map(entries);
  const absent = { ...place, value: undefined, faults: entries === undefined ? [] : place.faults };
  const fields = names.map((name) => [name, found.get(name) ?? { ...absent, path: pathTo(place, name) }]);
  return Object.fromEntries(fields) as Record<Name, Place>;
}

/** Every field of the object here, by whatever name; undefined, and a fault, if there is no object. */
export function entriesOf(place: Place): [name: string, inside: Place][] | undefined {
  const { value, faults } = place;
  if (typeof value !== 'object' || value === null || Array.isArray(value)) {
    fault(place, 'must be an object');
    return undefined;
  }
  return Object.entries(value).map(([name, inside]) => [name, { path: pathTo(place, name), value: inside, faults }]);
}

/** The items of the list here: 1 to 50, else a fault. */
export function itemsOf(place: Place): readonly Place[] {
  const { path, value, faults } = place;
  if (!Array.isArray(value) || value.length < 1 || value.length > 50) {
    fault(place, 'must be a list of 1 to 50');
    return [];
  }
  return Array.from(value, (item: unknown, index) => ({ path: `${path}[${index}]`, value: item, faults }));
}

function pathTo(place: Place, name: string): string {
  return place.path === '' ? name : `${place.path}.${name}`;
}

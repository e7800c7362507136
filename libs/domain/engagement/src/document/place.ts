/** A value inside a document, with the path to it and the list that takes its faults. */
export interface Place {
  /** Empty for the document itself. */
  readonly path: string;
  readonly value: unknown;
  readonly faults: string[];
}

/** Notes what is wrong here. Reading goes on, so that one attempt finds every fault. */
export function fault(place: Place, what: string): void {
  place.faults.push(`${place.path || 'document'}: ${what}`);
}

export function isGiven(place: Place): boolean {
  return place.value !== undefined;
}

export function isObject(value: unknown): value is Readonly<Record<string, unknown>> {
  return typeof value === 'object' && value !== null && !Array.isArray(value);
}

/**
 * The fields of the object here, by name; a field that is absent is a place without value. A field of another name is a fault.
 * When there is no object here, that is the one fault: what is asked of its fields adds none.
 */
export function fieldsOf<Name extends string>(place: Place, names: readonly Name[]): Readonly<Record<Name, Place>> {
  const object = isObject(place.value) ? place.value : undefined;
  if (object === undefined) fault(place, isGiven(place) ? 'must be an object' : 'is missing');
  const faults = object === undefined ? [] : place.faults;
  const inside = (name: string): Place => ({
    path: place.path === '' ? name : `${place.path}.${name}`,
    value: object !== undefined && Object.hasOwn(object, name) ? object[name] : undefined,
    faults,
  });
  const known: readonly string[] = names;
  for (const name of Object.keys(object ?? {})) {
    if (!known.includes(name)) fault(inside(name), 'is not a known field');
  }
  return Object.fromEntries(names.map((name) => [name, inside(name)])) as Record<Name, Place>;
}

/** The items of the list here. An empty list is a fault. */
export function itemsOf(place: Place): readonly Place[] {
  if (!Array.isArray(place.value)) {
    fault(place, isGiven(place) ? 'must be a list' : 'is missing');
    return [];
  }
  if (place.value.length === 0) fault(place, 'must not be empty');
  return Array.from(place.value, (value: unknown, index) => ({
    path: `${place.path}[${index}]`,
    value,
    faults: place.faults,
  }));
}

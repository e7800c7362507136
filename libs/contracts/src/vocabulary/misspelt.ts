const aName = /^[\w -]{1,40}$/;

/** A name in small letters without marks: what `order_id`, `orderId` and `Order ID` have in common. */
export function bareName(name: string): string {
  return name.toLowerCase().replaceAll(/[_ -]/g, '');
}

/** Tells in a reason which name is not read, and which would be; nothing of the values. `fieldOf` knows by the bare name what was meant. */
export function hintAt(given: object, fieldOf: (bare: string) => string | undefined): string {
  for (const name of Object.keys(given)) {
    const field = aName.test(name) ? fieldOf(bareName(name)) : undefined;
    if (field && field !== name) return `; \`${name}\` is not read, \`${field}\` is`;
  }
  return '';
}

/** What template languages put around a name: `{{ user.id }}`, `${userId}`, `%%user_id%%`, `<%= id %>`, `*|EMAIL|*`, `[[id]]`, `#{id}`, `%(id)s`. */
const unfilled = /(?:\{|%7b){2}|\}\}|[$#]\{|<%|%>|\{%|%\}|\*\||\|\*|%%.+%%|\[\[.+\]\]|@@.+@@|%\(\w+\)[sd]/i;

/** `{user_id}`, `%user_id%`, `{0}`, `%s`, `%1$s`: braces around an id that has digits are those of a GUID. */
const wholePlaceholder = /^(?:\{[^{}\d]*\}|%[^%\d]+%|\{\d\}|%(?:\d\$)?[sd])$/;

/** What JavaScript makes of an object. */
const object = /\[object \w+\]/i;

/** What is left when a prefix was put before an id that is not there: `user-undefined`, `shop:null`. */
const prefixOfNothing = /[-_:./|](?:undefined|null|nan)$/i;

/** One of these is in whatever was left unfilled: most ids have none, and are asked no more. */
const signs = /[{}%<>|[\]@$#]/;

/** Whether a program should have put an id here and did not: the same text stands there for everybody. */
export function isPlaceholder(text: string): boolean {
  const isUnfilled = signs.test(text) && (unfilled.test(text) || wholePlaceholder.test(text) || object.test(text));
  return isUnfilled || prefixOfNothing.test(text);
}

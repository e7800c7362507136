/** Placeholders of template languages: `{{ user.id }}`, `${userId}`, `%%user_id%%`, `<%= id %>`, `*|EMAIL|*`, `[[id]]`, `#{id}`, `%(id)s`. */
const unfilled = /(?:\{|%7b){2}|\}\}|[$#]\{|<%|%>|\{%|%\}|\*\||\|\*|%%.+%%|\[\[.+\]\]|@@.+@@|%\(\w+\)[sd]/i;

/** `{user_id}`, `%user_id%`, `{0}`, `%s`, `%1$s`. Braces around a text with digits are those of a GUID. */
const wholePlaceholder = /^(?:\{[^{}\d]*\}|%[^%\d]+%|\{\d\}|%(?:\d\$)?[sd])$/;

/** A JavaScript object converted to a string. */
const object = /\[object \w+\]/i;

/** A prefix before a missing id: `user-undefined`, `shop:null`. */
const prefixOfNothing = /[-_:./|](?:undefined|null|nan)$/i;

/** A quick check: every unfilled placeholder contains one of these. Most ids do not. */
const markers = /[{}%<>|[\]@$#]/;

/** Whether the text is a placeholder that a program did not replace by an id. It would be the same for everybody. */
export function isPlaceholder(text: string): boolean {
  const isUnfilled = markers.test(text) && (unfilled.test(text) || wholePlaceholder.test(text) || object.test(text));
  return isUnfilled || prefixOfNothing.test(text);
}

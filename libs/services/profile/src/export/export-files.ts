/** A file of an export. */
export interface KnownFile {
  readonly name: string;
  readonly title: string;
  /** Whether it is one object, or a list. */
  readonly isObject?: true;
}

/** The files in the order in which they are written. */
export const knownFiles: readonly KnownFile[] = [
  { name: 'profile', title: 'Who you are', isObject: true },
  { name: 'consents', title: 'What you agreed to' },
  { name: 'notes', title: 'What we have noted about you' },
  { name: 'links', title: 'Why we think that these identifiers are yours' },
  { name: 'scores', title: 'How we think you feel about us', isObject: true },
  { name: 'reasons', title: 'What moves the scores' },
  { name: 'evidence', title: 'How we read what happened' },
  { name: 'offers', title: 'Your offers' },
  { name: 'decisions', title: 'Why you got an offer, or none' },
  { name: 'timeline', title: 'What happened' },
  { name: 'rejected', title: 'Events about you that we could not use' },
  { name: 'incomplete', title: 'Events about you with faults' },
];

/** The known files among these, in their order, and after them the others. */
export function inReadingOrder(names: readonly string[]): KnownFile[] {
  const known = knownFiles.filter(({ name }) => names.includes(name));
  const others = names.filter((name) => !knownFiles.some((file) => file.name === name)).sort();
  return [...known, ...others.map((name) => ({ name, title: name }))];
}

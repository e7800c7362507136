import { Instant } from '@sestante/contracts';
import { type Static, Type } from 'typebox';

export const noteKinds = ['note', 'preference'] as const;
export const audiences = ['clerk', 'customer'] as const;

const Author = Type.Union(
  [
    Type.Object({ by: Type.Literal('key'), keyId: Type.String(), name: Type.String() }, { description: 'An API key.' }),
    Type.Object({ by: Type.Literal('customer') }),
  ],
  { description: 'Who has written it.' },
);

/** A small detail about a customer that somebody wants to be remembered. */
export const NoteResponse = Type.Object(
  {
    noteId: Type.String({ format: 'uuid' }),
    kind: Type.Enum([...noteKinds]),
    text: Type.String({ description: 'Plain text: HTML in it is text, too.' }),
    audience: Type.Enum([...audiences], {
      description: '`customer`: the customer sees it, too. What the customer has written, it always sees.',
    }),
    author: Author,
    createdAt: Instant,
    expiresAt: Type.Optional(Instant),
  },
  { $id: 'Note' },
);
export type NoteResponse = Static<typeof NoteResponse>;

export const NotesPage = Type.Object(
  {
    items: Type.Array(NoteResponse),
    next: Type.Union([Type.String(), Type.Null()], {
      description: 'The `before` of the next page; null on the last page.',
    }),
  },
  { $id: 'NotesPage' },
);
export type NotesPage = Static<typeof NotesPage>;

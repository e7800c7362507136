export { aMerge, aSplit, idOf, type MoveMessage } from './moves.ts';

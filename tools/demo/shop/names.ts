/** Invented names: the first 400 are different. */
const first: readonly string[] = [
  'Ada', 'Bruno', 'Chiara', 'Davide', 'Elena', 'Fabio', 'Greta', 'Hugo', 'Irene', 'Jonas',
  'Klara', 'Luca', 'Marta', 'Nico', 'Olga', 'Pietro', 'Rosa', 'Sara', 'Tomas', 'Vera',
]; // prettier-ignore
const last: readonly string[] = [
  'Abate', 'Berger', 'Conti', 'Dubois', 'Esposito', 'Ferro', 'Gallo', 'Hofer', 'Ivanova', 'Jansen',
  'Keller', 'Longo', 'Moreau', 'Novak', 'Orlando', 'Pace', 'Quaranta', 'Ricci', 'Serra', 'Testa',
]; // prettier-ignore

export function nameOf(index: number): string {
  const round = Math.floor(index / first.length);
  return `${first[index % first.length]} ${last[(index + round) % last.length]}`;
}

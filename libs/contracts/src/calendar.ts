const day = /^(\d{4})-(\d\d)-(\d\d)/;
const longest = [31, 29, 31, 30, 31, 30, 31, 31, 30, 31, 30, 31];

/** Whether the text starts with a valid date, such as 2026-11-20. JavaScript reads 30 February as 2 March; Postgres rejects it. */
export function startsWithValidDate(text: string): boolean {
  const [, year, month, date] = day.exec(text) ?? [];
  const days = longest[Number(month) - 1];
  if (days === undefined || date === '00' || Number(date) > days) return false;
  return month !== '02' || date !== '29' || isLeap(Number(year));
}

function isLeap(year: number): boolean {
  return year % 4 === 0 && (year % 100 !== 0 || year % 400 === 0);
}

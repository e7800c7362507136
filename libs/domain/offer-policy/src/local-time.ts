/** The local time in a time zone. */
export interface LocalTime {
  /** As `2026-12-24`. */
  readonly day: string;
  /** The minute of the day, 0..1439. */
  readonly minute: number;
}

/** The local time at an instant (milliseconds since 1970). Throws `RangeError` for an unknown zone, which `validatePolicy` rejects. */
export function localTime(instant: number, timeZone: string): LocalTime {
  const format = formats.get(timeZone) ?? formatOf(timeZone);
  const parts = format.formatToParts(instant);
  const part = (type: Intl.DateTimeFormatPartTypes) => parts.find((one) => one.type === type)!.value;
  return {
    day: `${part('year').padStart(4, '0')}-${part('month')}-${part('day')}`,
    minute: Number(part('hour')) * 60 + Number(part('minute')),
  };
}

/** A cache: creating a format costs a hundred times as much as using it. There are few zones. */
const formats = new Map<string, Intl.DateTimeFormat>();

function formatOf(timeZone: string): Intl.DateTimeFormat {
  const format = new Intl.DateTimeFormat('en-GB', {
    ...{ timeZone, year: 'numeric', month: '2-digit', day: '2-digit' },
    ...{ hour: 'numeric', minute: 'numeric', hourCycle: 'h23' },
  });
  formats.set(timeZone, format);
  return format;
}

/** A minute of the day as `7:05`. */
export function timeText(minuteOfDay: number): string {
  const minutes = String(Math.floor(minuteOfDay % 60)).padStart(2, '0');
  return `${Math.floor(minuteOfDay / 60)}:${minutes}`;
}

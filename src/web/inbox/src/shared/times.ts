const time = new Intl.DateTimeFormat(undefined, { timeStyle: 'short' });
const day = new Intl.DateTimeFormat(undefined, { weekday: 'long', day: 'numeric', month: 'long', year: 'numeric' });
const shortDay = new Intl.DateTimeFormat(undefined, { day: 'numeric', month: 'short' });
const date = new Intl.DateTimeFormat(undefined, { day: 'numeric', month: 'short', year: 'numeric' });
const instant = new Intl.DateTimeFormat(undefined, { dateStyle: 'medium', timeStyle: 'short' });

export const timeOf = (text: string): string => time.format(new Date(text));
export const dayOf = (text: string): string => day.format(new Date(text));
export const instantOf = (text: string): string => instant.format(new Date(text));

/** Returns a day of the calendar, such as `2026-04-28`, for people. */
export const shortDayOf = (day: string): string => date.format(new Date(`${day}T00:00`));

/** Returns such a day without its year. */
export const monthDayOf = (day: string): string => shortDay.format(new Date(`${day}T00:00`));

/** Returns a short form for lists: the time of today, the day of this year, else the date. */
export function briefly(text: string): string {
  const then = new Date(text);
  const now = new Date();
  if (then.toDateString() === now.toDateString()) return time.format(then);
  return (then.getFullYear() === now.getFullYear() ? shortDay : date).format(then);
}

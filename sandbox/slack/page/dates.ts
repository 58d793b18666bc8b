type Parts = Intl.DateTimeFormatOptions;

const formats: Readonly<Record<string, Parts>> = {
  date_num: { year: 'numeric', month: '2-digit', day: '2-digit' },
  date_slash: { year: 'numeric', month: '2-digit', day: '2-digit' },
  date: { year: 'numeric', month: 'long', day: 'numeric' },
  date_short: { year: 'numeric', month: 'short', day: 'numeric' },
  date_long: { weekday: 'long', year: 'numeric', month: 'long', day: 'numeric' },
  date_long_full: { weekday: 'long', year: 'numeric', month: 'long', day: 'numeric' },
  time: { hour: 'numeric', minute: '2-digit' },
  time_secs: { hour: 'numeric', minute: '2-digit', second: '2-digit' },
};

const write = (at: number, tz: string, parts: Parts): string =>
  new Intl.DateTimeFormat('en-US', { timeZone: tz, ...parts }).format(at);

export const clockTime = (at: number, tz: string): string => write(at, tz, formats['time'] ?? {});

export const dayOf = (at: number, tz: string): string =>
  write(at, tz, { weekday: 'long', month: 'long', day: 'numeric' });

const day = 86_400_000;

function nearDay(at: number, tz: string, now: number): string | undefined {
  const on = (ms: number): string => write(ms, tz, formats['date_num'] ?? {});
  if (on(at) === on(now)) return 'today';
  if (on(at) === on(now - day)) return 'yesterday';
  return on(at) === on(now + day) ? 'tomorrow' : undefined;
}

function ago(at: number, now: number): string {
  const relative = new Intl.RelativeTimeFormat('en-US', { numeric: 'auto' });
  const minutes = Math.round((at - now) / 60_000);
  if (Math.abs(minutes) < 60) return relative.format(minutes, 'minute');
  const hours = Math.round(minutes / 60);
  return Math.abs(hours) < 24
    ? relative.format(hours, 'hour')
    : relative.format(Math.round(hours / 24), 'day');
}

/** Slack's date tokens in the viewer's zone; an unknown token stays as it is. */
export function slackDate(seconds: number, format: string, tz: string, now: number): string {
  const at = seconds * 1_000;
  return format.replace(/\{(\w+)\}/g, (whole, token: string) => {
    if (token === 'ago') return ago(at, now);
    const pretty = token.endsWith('_pretty');
    const base = token.replace(/_pretty$/, '').replace('day_divider', 'date_long');
    const parts = formats[base];
    if (!parts) return whole;
    return (pretty ? nearDay(at, tz, now) : undefined) ?? write(at, tz, parts);
  });
}

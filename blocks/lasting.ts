/** Each from where the smaller one would round up to it. */
const units = [
  { from: 84_600, seconds: 86_400, name: 'd' },
  { from: 3_570, seconds: 3_600, name: 'h' },
  { from: 59.5, seconds: 60, name: 'min' },
  { from: 0, seconds: 1, name: 's' },
] as const;

/** Seconds as people say them: `45 s`, `4 min`, `3.5 h`, `12 d`. One digit after the point where it says something. */
export const lasting = (seconds: number): string => {
  const unit = units.find(({ from }) => seconds >= from)!;
  const count = seconds / unit.seconds;
  const fine = count < 9.95 && (unit.name === 'h' || unit.name === 'd');
  return `${fine ? Number(count.toFixed(1)) : Math.round(count)} ${unit.name}`;
};

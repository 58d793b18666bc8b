import type { Stats, Week } from '../src/domain/stats';
import { lasting } from './lasting';
import { Canvas, patterns, type Colour, type Point } from './picture/canvas';
import { write } from './picture/lettering';
import { kinds, type Kind } from './outcome-kinds';

const size = { width: 1200, height: 600 };
const ink: Colour = [33, 37, 41];
const faint: Colour = [108, 117, 125];
const rule: Colour = [226, 229, 233];
const paper: Colour = [253, 253, 252];

const left = 96;
const right = 968;
const upper = { top: 126, bottom: 308 };
const lower = { top: 376, bottom: 540 };
const step = (right - left) / 12;
const middle = (week: number): number => left + (week + 0.5) * step;

/** The two curves: circles and squares, so that they differ without their colours (Okabe and Ito's). */
const curves = [
  { of: 'remediate', words: 'finding → remediated', ink: [170, 68, 153], shape: 'square' },
  { of: 'decide', words: 'asked → decided', ink: [0, 114, 178], shape: 'circle' },
] as const;

/**
 * A picture of twelve weeks: medians above, outcomes below, on one axis of time. PNG, 1200 × 600 points at two dots each.
 * @param place what people call this installation, shown in the title
 */
export const chart = (stats: Stats, place: string): Buffer => {
  const canvas = new Canvas(size.width, size.height, paper);
  write(canvas, 'How long it takes, and how it ends', [40, 50], { size: 17, ink, weight: 0.16 });
  const until = stats.at.slice(0, 10);
  write(canvas, `${place} · twelve weeks to ${dateOf(until)}`, [40, 76], { size: 9, ink: faint });
  times(canvas, stats.weeks);
  outcomes(canvas, stats.weeks);
  return canvas.png();
};

const caption = (canvas: Canvas, words: string, more: string, y: number): void => {
  const width = write(canvas, words, [40, y], { size: 9.5, ink, weight: 0.16 });
  write(canvas, more, [48 + width, y], { size: 8.5, ink: faint });
};

/** Ticks that people have words for, in seconds. The axis is logarithmic: minutes and weeks stand side by side. */
const ticks = [1, 10, 60, 600, 3_600, 21_600, 86_400, 604_800, 2_592_000, 31_536_000];

const times = (canvas: Canvas, weeks: readonly Week[]): void => {
  caption(canvas, 'Median time', '(logarithmic)', upper.top - 16);
  const values = weeks.flatMap(({ decide, remediate }) => [decide ?? [], remediate ?? []].flat());
  const lowest = Math.max(
    0,
    ticks.findLastIndex((each) => each <= Math.min(...values, 600)),
  );
  const highest = ticks.findIndex((each) => each >= Math.max(...values, 60));
  const shown = ticks.slice(
    lowest,
    (highest === -1 ? ticks.length - 1 : Math.max(highest, lowest + 1)) + 1,
  );
  const [least, most] = [Math.log(shown[0]!), Math.log(shown.at(-1)!)];
  const height = (seconds: number): number => {
    const share = (Math.log(Math.max(seconds, shown[0]!)) - least) / (most - least);
    return upper.bottom - Math.min(1, share) * (upper.bottom - upper.top);
  };
  for (const each of shown) tick(canvas, height(each), lasting(each));
  if (values.length === 0) nothing(canvas, upper, 'nothing was timed yet');
  const labels: { y: number; words: string; ink: Colour; of: (typeof curves)[number] }[] = [];
  for (const curve of curves) {
    const points = weeks.map((week, index): Point | undefined => {
      const seconds = week[curve.of];
      return seconds === undefined ? undefined : [middle(index), height(seconds)];
    });
    canvas.stroke(unbroken(points), 2.4, curve.ink);
    for (const point of points) if (point) marker(canvas, point, curve);
    const last = points.findLast((point) => point !== undefined);
    const seconds = weeks.findLast((week) => week[curve.of] !== undefined)?.[curve.of];
    if (last && seconds !== undefined)
      labels.push({ y: last[1], words: lasting(seconds), ink: curve.ink, of: curve });
  }
  label(canvas, labels);
};

/** At the end of its curve, each at its height where there is room. */
const label = (
  canvas: Canvas,
  labels: readonly { y: number; words: string; of: (typeof curves)[number] }[],
): void => {
  const room = 40;
  const sorted = [...labels].sort((a, b) => a.y - b.y);
  let next = upper.top;
  for (const [index, { y, words, of }] of sorted.entries()) {
    const below = (sorted.length - 1 - index) * room;
    const at = Math.max(next, Math.min(y - 6, upper.bottom - 24 - below));
    marker(canvas, [right + 26, at + 2], of);
    write(canvas, words, [right + 40, at + 7], { size: 10.5, ink, weight: 0.16 });
    write(canvas, of.words, [right + 40, at + 24], { size: 8.5, ink: faint });
    next = at + room;
  }
};

const marker = (canvas: Canvas, [x, y]: Point, curve: (typeof curves)[number]): void => {
  if (curve.shape === 'circle') {
    canvas.disc([x, y], 5.5, paper);
    canvas.disc([x, y], 4.5, curve.ink);
    return;
  }
  canvas.rect(x - 5, y - 5, 10, 10, paper);
  canvas.rect(x - 4, y - 4, 8, 8, curve.ink);
};

/** Stretches without a gap: a week without a value is no value, not a straight line. */
const unbroken = (points: readonly (Point | undefined)[]): Point[][] => {
  const stretches: Point[][] = [];
  let open = false;
  for (const point of points) {
    if (point && open) stretches.at(-1)?.push(point);
    else if (point) stretches.push([point]);
    open = point !== undefined;
  }
  return stretches;
};

const outcomes = (canvas: Canvas, weeks: readonly Week[]): void => {
  caption(canvas, 'Outcomes a week', '', lower.top - 16);
  const counts = weeks.map(({ outcomes: of }) => kinds.map((kind) => countOf(kind, of)));
  const sums = counts.map((each) => each.reduce((sum, count) => sum + count, 0));
  const [most, every] = scale(Math.max(...sums));
  const height = (count: number): number =>
    lower.bottom - (count / most) * (lower.bottom - lower.top);
  for (let count = 0; count <= most; count += every) tick(canvas, height(count), String(count));
  for (const [index, week] of weeks.entries()) {
    bar(canvas, middle(index), counts[index]!, height);
    if (sums[index]! > 0)
      write(canvas, String(sums[index]), [middle(index), height(sums[index]!) - 6], {
        size: 8.5,
        ink,
        align: 'centre',
        weight: 0.16,
      });
    write(canvas, shortDateOf(week.from), [middle(index), lower.bottom + 20], {
      size: 8.5,
      ink: faint,
      align: 'centre',
    });
  }
  canvas.rect(left, lower.bottom, right - left, 1, faint);
  if (Math.max(...sums) === 0) nothing(canvas, lower, 'nothing ended yet');
  legend(
    canvas,
    kinds.map((_, kind) => counts.reduce((sum, each) => sum + each[kind]!, 0)),
  );
};

const barWidth = 42;

const bar = (
  canvas: Canvas,
  x: number,
  counts: readonly number[],
  height: (count: number) => number,
): void => {
  let below = 0;
  for (const [index, count] of counts.entries()) {
    if (count === 0) continue;
    const { colour, pattern } = kinds[index]!;
    const top = height(below + count);
    // A hair of paper between two parts.
    const thick = Math.max(1, height(below) - top - (below > 0 ? 1 : 0));
    canvas.rect(x - barWidth / 2, top, barWidth, thick, colour, patterns[pattern]);
    below += count;
  }
};

/** In the order in which the parts of a bar lie upon one another, with how many there were in all. */
const legend = (canvas: Canvas, sums: readonly number[]): void => {
  for (const [index, kind] of [...kinds.entries()].reverse()) {
    const y = lower.top + (kinds.length - 1 - index) * 34;
    canvas.rect(right + 17, y - 2, 18, 18, kind.colour, patterns[kind.pattern]);
    const width = write(canvas, String(sums[index]), [right + 44, y + 12], {
      size: 9.5,
      ink,
      weight: 0.16,
    });
    write(canvas, kind.words, [right + 52 + width, y + 12], { size: 8.5, ink: faint });
  }
};

const tick = (canvas: Canvas, y: number, words: string): void => {
  canvas.rect(left, y, right - left, 0.5, rule);
  write(canvas, words, [left - 12, y + 4], { size: 8.5, ink: faint, align: 'right' });
};

const nothing = (canvas: Canvas, { top, bottom }: typeof upper, words: string): void => {
  write(canvas, words, [(left + right) / 2, (top + bottom) / 2], {
    size: 10,
    ink: faint,
    align: 'centre',
  });
};

/** The top of the axis and the step between its ticks: at most five, on round numbers. */
const scale = (most: number): [top: number, every: number] => {
  const steps = [1, 2, 5, 10, 20, 50, 100, 200, 500];
  const every = steps.find((each) => most / each <= 4) ?? 10 ** Math.ceil(Math.log10(most / 4));
  return [Math.max(every, Math.ceil(most / every) * every), every];
};

const countOf = ({ of }: Kind, outcomes: Week['outcomes']): number =>
  of.reduce((sum, outcome) => sum + (outcomes.get(outcome) ?? 0), 0);

const monthNames = 'Jan Feb Mar Apr May Jun Jul Aug Sep Oct Nov Dec'.split(' ');
const shortDateOf = (iso: string): string =>
  `${Number(iso.slice(8, 10))} ${monthNames[Number(iso.slice(5, 7)) - 1]}`;
const dateOf = (iso: string): string => `${shortDateOf(iso)} ${iso.slice(0, 4)}`;

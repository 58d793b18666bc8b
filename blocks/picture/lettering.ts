import type { Canvas, Colour, Point } from './canvas';
import { glyphs, missing } from './glyphs';

export interface Lettering {
  /** Height of a capital, in points. */
  size: number;
  ink: Colour;
  /** Thickness of the strokes against the height; a heavier one for titles. */
  weight?: number;
  /** Where the given point is: at the beginning, the middle or the end of the words. */
  align?: 'left' | 'centre' | 'right';
}

const usualWeight = 0.13;
/** Between two letters, in units, besides what each letter asks for. */
const tracking = 0.4;
/** Degrees between two points of a curve. */
const fineness = 12;

/** Writes one line; `y` is its baseline. Answers with its width. */
export const write = (canvas: Canvas, text: string, [x, y]: Point, style: Lettering): number => {
  const { size, ink, weight = usualWeight, align = 'left' } = style;
  const unit = size / 10;
  const width = widthOf(text, size);
  let pen = x - (align === 'left' ? 0 : align === 'right' ? width : width / 2);
  const lines: Point[][] = [];
  for (const letter of text) {
    const { advance, strokes } = glyphOf(letter);
    for (const stroke of strokes)
      lines.push(stroke.map(([dx, dy]): Point => [pen + dx * unit, y - dy * unit]));
    pen += advance * unit;
  }
  canvas.stroke(
    lines.filter(({ length }) => length > 1),
    weight * size,
    ink,
  );
  // A dot as thick as a line looks thinner than it.
  canvas.stroke(
    lines.filter(({ length }) => length === 1),
    1.3 * weight * size,
    ink,
  );
  return width;
};

/** In points, without the gap after the last letter. */
export const widthOf = (text: string, size: number): number =>
  ([...text].reduce((sum, letter) => sum + glyphOf(letter).advance, 0) -
    (text ? 2.2 + tracking : 0)) *
  (size / 10);

interface Glyph {
  advance: number;
  strokes: Point[][];
}
const drawn = new Map<string, Glyph>();

const glyphOf = (letter: string): Glyph => {
  const known = drawn.get(letter);
  if (known) return known;
  const glyph = parsed(glyphs[letter] ?? missing);
  drawn.set(letter, glyph);
  return glyph;
};

/** A place, and for a curve its two radii and where it begins and ends. */
type Numbers = [x: number, y: number, rx: number, ry: number, from: number, to: number];

const parsed = (text: string): Glyph => {
  const strokes: Point[][] = [];
  for (const [, verb, numbers] of text.matchAll(/([mlo])([^mlo]+)/g)) {
    const [x, y, ...curve] = numbers!.trim().split(/\s+/).map(Number) as Numbers;
    const points: Point[] = verb === 'o' ? arc(x, y, ...curve) : [[x, y]];
    // A curve goes on where the pen is if it begins there, and begins anew elsewhere.
    const goesOn = verb === 'l' || (verb === 'o' && isNear(strokes.at(-1)?.at(-1), points[0]));
    if (goesOn) strokes.at(-1)?.push(...points);
    else strokes.push(points);
  }
  return { advance: Number.parseFloat(text) + tracking, strokes };
};

const isNear = (a: Point | undefined, b: Point | undefined): boolean =>
  a !== undefined && b !== undefined && Math.hypot(a[0] - b[0], a[1] - b[1]) < 0.5;

const arc = (cx: number, cy: number, rx: number, ry: number, from: number, to: number): Point[] => {
  const steps = Math.ceil(Math.abs(to - from) / fineness);
  return Array.from({ length: steps + 1 }, (_, step): Point => {
    const angle = ((from + ((to - from) * step) / steps) * Math.PI) / 180;
    return [cx + rx * Math.cos(angle), cy + ry * Math.sin(angle)];
  });
};

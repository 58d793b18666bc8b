import { png } from './png';

export type Colour = readonly [red: number, green: number, blue: number];
export type Point = readonly [x: number, y: number];

/** Which part of a pixel is painted, 0 to 1. */
type Cover = (x: number, y: number) => number;

/** Dots to a point: pictures are shown on dense screens. */
const density = 2;

/** A picture in points, x to the right and y down. Edges are smoothed by how much of a dot they cover. */
export class Canvas {
  readonly #width: number;
  readonly #height: number;
  readonly #pixels: Uint8Array;

  constructor(width: number, height: number, paper: Colour) {
    this.#width = width * density;
    this.#height = height * density;
    this.#pixels = new Uint8Array(this.#width * this.#height * 3);
    for (let i = 0; i < this.#pixels.length; i += 1) this.#pixels[i] = paper[i % 3]!;
  }

  /** Edges lie on whole dots, so that they are sharp. `pattern` says which part of it is left out. */
  rect(x: number, y: number, width: number, height: number, ink: Colour, pattern?: Cover): void {
    const [left, top] = [Math.round(x * density), Math.round(y * density)];
    const [right, bottom] = [
      Math.max(left + 1, Math.round((x + width) * density)),
      Math.max(top + 1, Math.round((y + height) * density)),
    ];
    this.#paint([left, top, right - 1, bottom - 1], ink, pattern ?? (() => 1));
  }

  /** Lines with round ends and joints, each through its points; a single point is a dot. */
  stroke(lines: readonly (readonly Point[])[], thickness: number, ink: Colour): void {
    const half = (thickness * density) / 2;
    const parts = lines.flatMap((line) =>
      line.map((to, index): [Point, Point] => [line[Math.max(0, index - 1)]!, to]),
    );
    // Each dot is painted once, with the most that any part covers: joints do not get darker than lines.
    const most = new Map<number, number>();
    for (const [from, to] of parts) {
      const [ax, ay, bx, by] = [from[0], from[1], to[0], to[1]].map((each) => each * density) as [
        number,
        number,
        number,
        number,
      ];
      const reach = half + 1;
      this.#each(
        [
          Math.min(ax, bx) - reach,
          Math.min(ay, by) - reach,
          Math.max(ax, bx) + reach,
          Math.max(ay, by) + reach,
        ],
        (x, y, at) => {
          const cover = Math.min(
            1,
            Math.max(0, half + 0.5 - distance(x + 0.5, y + 0.5, ax, ay, bx, by)),
          );
          if (cover > (most.get(at) ?? 0)) most.set(at, cover);
        },
      );
    }
    for (const [at, cover] of most) this.#blend(at, ink, cover);
  }

  disc([x, y]: Point, radius: number, ink: Colour): void {
    this.stroke([[[x, y]]], 2 * radius, ink);
  }

  png(): Buffer {
    return png(this.#width, this.#height, this.#pixels);
  }

  #paint(box: Box, ink: Colour, cover: Cover): void {
    this.#each(box, (x, y, at) => this.#blend(at, ink, cover(x, y)));
  }

  #each([left, top, right, bottom]: Box, visit: (x: number, y: number, at: number) => void): void {
    const lastX = Math.min(this.#width - 1, Math.floor(right));
    const lastY = Math.min(this.#height - 1, Math.floor(bottom));
    for (let y = Math.max(0, Math.floor(top)); y <= lastY; y += 1)
      for (let x = Math.max(0, Math.floor(left)); x <= lastX; x += 1)
        visit(x, y, 3 * (y * this.#width + x));
  }

  #blend(at: number, ink: Colour, cover: number): void {
    for (let i = 0; i < 3; i += 1) {
      const under = this.#pixels[at + i]!;
      this.#pixels[at + i] = Math.round(under + (ink[i]! - under) * cover);
    }
  }
}

type Box = readonly [left: number, top: number, right: number, bottom: number];

/** From a dot to the nearest point of a straight part. */
const distance = (x: number, y: number, ax: number, ay: number, bx: number, by: number): number => {
  const [dx, dy] = [bx - ax, by - ay];
  const length = dx * dx + dy * dy;
  const t = length === 0 ? 0 : Math.min(1, Math.max(0, ((x - ax) * dx + (y - ay) * dy) / length));
  return Math.hypot(x - ax - t * dx, y - ay - t * dy);
};

/** Parts that are left out, so that areas differ without their colours. */
export const patterns = {
  plain: () => 1,
  rising: (x: number, y: number) => stripe((x + y) / Math.SQRT2, 9, 2.4),
  falling: (x: number, y: number) => stripe((x - y) / Math.SQRT2, 9, 2.4),
  level: (_: number, y: number) => stripe(y, 8, 2),
  dots: (x: number, y: number) =>
    Math.min(1, Math.max(0, Math.hypot(centred(x, 10), centred(y, 10)) - 2)),
} satisfies Record<string, Cover>;

const centred = (value: number, period: number): number =>
  (((value % period) + period) % period) - period / 2;

/** Nothing along the middle of each period. */
const stripe = (value: number, period: number, gap: number): number =>
  Math.min(1, Math.max(0, Math.abs(centred(value, period)) - gap / 2 + 0.5));

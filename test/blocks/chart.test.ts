import { crc32, inflateSync } from 'node:zlib';
import fc from 'fast-check';
import { chart } from '../../blocks/chart';
import { lasting } from '../../blocks/lasting';
import { Canvas, type Colour } from '../../blocks/picture/canvas';
import { glyphs } from '../../blocks/picture/glyphs';
import { widthOf, write } from '../../blocks/picture/lettering';
import { outcomes } from '../../src/domain/outcome-name';
import { summary } from '../../src/domain/stats';
import { samples } from './support/samples-of-stats';

const white: Colour = [255, 255, 255];
const black: Colour = [0, 0, 0];

/** Reads a PNG as the standard says, strictly: signature, checked chunks, filter 2, 8-bit RGB. */
const decoded = (file: Buffer) => {
  expect(file.subarray(0, 8).toString('hex')).toBe('89504e470d0a1a0a');
  const chunks = new Map<string, Buffer>();
  for (let at = 8; at < file.length;) {
    const length = file.readUInt32BE(at);
    const body = file.subarray(at + 4, at + 8 + length);
    expect(file.readUInt32BE(at + 8 + length)).toBe(crc32(body));
    chunks.set(body.toString('ascii', 0, 4), body.subarray(4));
    at += length + 12;
  }
  const header = chunks.get('IHDR')!;
  const [width, height] = [header.readUInt32BE(0), header.readUInt32BE(4)];
  expect([...header.subarray(8)]).toEqual([8, 2, 0, 0, 0]);
  const rows = inflateSync(chunks.get('IDAT')!);
  expect(rows.length).toBe(height * (1 + 3 * width));
  const pixels = new Uint8Array(3 * width * height);
  for (let y = 0; y < height; y += 1) expect(rows[y * (1 + 3 * width)]).toBe(2);
  for (let y = 0; y < height; y += 1)
    for (let i = 0; i < 3 * width; i += 1)
      pixels[y * 3 * width + i] =
        rows[y * (3 * width + 1) + 1 + i]! + (y > 0 ? pixels[(y - 1) * 3 * width + i]! : 0);
  const colourAt = (x: number, y: number) => [
    ...pixels.subarray(3 * (y * width + x), 3 * (y * width + x) + 3),
  ];
  return { width, height, pixels, colourAt, kinds: [...chunks.keys()] };
};

const drawn = (draw: (canvas: Canvas) => void) => {
  const canvas = new Canvas(20, 20, white);
  draw(canvas);
  return decoded(canvas.png());
};

describe('a canvas', () => {
  it('is a sound PNG, twice as many dots as points, and says so', () => {
    const { width, height, kinds } = drawn(() => {});

    expect([width, height]).toEqual([40, 40]);
    expect(kinds).toEqual(['IHDR', 'pHYs', 'IDAT', 'IEND']);
  });

  it('paints an area to its edges and not beyond', () => {
    const { colourAt } = drawn((canvas) => canvas.rect(5, 5, 2, 2, black));

    expect([colourAt(9, 10), colourAt(10, 10), colourAt(13, 13), colourAt(14, 13)]).toEqual([
      white,
      black,
      black,
      white,
    ]);
  });

  it('cuts at its own edge what goes beyond it', () => {
    const { colourAt } = drawn((canvas) => canvas.rect(18, 5, 10, 2, black));

    expect([colourAt(39, 12), colourAt(0, 12), colourAt(5, 13)]).toEqual([black, white, white]);
  });

  it('does not mind which of two lines that meet is drawn first', () => {
    const [one, other] = [
      [
        [2, 2],
        [17, 9],
      ],
      [
        [17, 9],
        [3, 16],
      ],
    ] as const;

    const pictures = [
      [one, other],
      [other, one],
    ].map((lines) => drawn((canvas) => canvas.stroke(lines, 3, black)).pixels);

    expect(pictures[0]).toEqual(pictures[1]);
  });

  it('never paints outside, whatever it is asked', () => {
    const far = fc.integer({ min: -100, max: 100 });
    fc.assert(
      fc.property(far, far, far, far, (a, b, c, d) => {
        const canvas = new Canvas(4, 4, white);
        canvas.stroke(
          [
            [
              [a, b],
              [c, d],
            ],
          ],
          3,
          black,
        );
        canvas.rect(a, b, Math.abs(c), Math.abs(d), black);
        expect(decoded(canvas.png()).pixels).toHaveLength(3 * 8 * 8);
      }),
      { numRuns: 50 },
    );
  });

  it('smooths a slanted line, and no joint of it is darker than the line', () => {
    const { pixels } = drawn((canvas) =>
      canvas.stroke(
        [
          [
            [2, 2],
            [10, 9],
            [18, 18],
          ],
        ],
        1,
        [100, 100, 100],
      ),
    );

    expect(new Set(pixels).size).toBeGreaterThan(10);
    expect(Math.min(...pixels)).toBe(100);
  });
});

describe('the letters', () => {
  it('all leave a mark, between the descender and the top, and none like another', () => {
    const marks = Object.keys(glyphs).map((letter) => {
      const canvas = new Canvas(20, 24, white);
      write(canvas, letter, [3, 16], { size: 10, ink: black });
      return { letter, picture: canvas.png().toString('base64') };
    });
    const empty = new Canvas(20, 24, white).png().toString('base64');

    expect(marks.filter(({ picture }) => picture === empty).map(({ letter }) => letter)).toEqual([
      ' ',
    ]);
    expect(new Set(marks.map(({ picture }) => picture)).size).toBe(marks.length);
  });

  it('that were never drawn are a box, not a gap', () => {
    expect(widthOf('ü', 10)).toBeGreaterThan(4);
  });

  it('stand where they are asked to: left, right and in the middle', () => {
    const firstInk = (align: 'left' | 'centre' | 'right') => {
      const canvas = new Canvas(40, 20, white);
      write(canvas, 'I', [20, 15], { size: 10, ink: black, align });
      const { colourAt } = decoded(canvas.png());
      return Array.from({ length: 80 }, (_, x) => x).find((x) => colourAt(x, 20)[0]! < 128);
    };

    expect(firstInk('left')).toBeGreaterThanOrEqual(firstInk('centre')!);
    expect(firstInk('centre')).toBeGreaterThanOrEqual(firstInk('right')!);
    expect(widthOf('', 10)).toBe(0);
  });
});

describe('the chart', () => {
  it('is 1200 by 600 points, the same for the same numbers, and no megabyte', () => {
    const stats = summary(samples(), new Date('2026-03-02T09:00:00.000Z'));
    const file = chart(stats, 'Drawbridge · test');

    expect(decoded(file)).toMatchObject({ width: 2400, height: 1200 });
    expect(chart(stats, 'Drawbridge · test').equals(file)).toBe(true);
    expect(file.length).toBeLessThan(500_000);
  });

  it.each<[string, Parameters<typeof summary>[0]]>([
    ['nothing', []],
    [
      'a single end',
      [
        {
          at: '2026-03-01T00:00:00.000Z',
          measures: [{ kind: 'outcome', outcome: 'held', by: {} }],
        },
      ],
    ],
    [
      'a decision in no time',
      [
        {
          at: '2026-03-01T00:00:00.000Z',
          measures: [{ kind: 'time', span: 'decide', seconds: 0, by: {} }],
        },
      ],
    ],
    [
      'a remediation after years',
      [
        {
          at: '2026-03-01T00:00:00.000Z',
          measures: [{ kind: 'time', span: 'remediate', seconds: 4e8, by: {} }],
        },
      ],
    ],
    [
      'thousands of ends',
      Array.from({ length: 5_000 }, (_, i) => ({
        at: '2026-03-01T00:00:00.000Z',
        measures: [{ kind: 'outcome' as const, outcome: outcomes[i % outcomes.length]!, by: {} }],
      })),
    ],
  ])('can be drawn of %s', (_, some) => {
    const file = chart(summary(some, new Date('2026-03-02T09:00:00.000Z')), 'Drawbridge');

    expect(decoded(file).width).toBe(2400);
  });
});

it.each([
  [0, '0 s'],
  [59.4, '59 s'],
  [59.9, '1 min'],
  [95, '2 min'],
  [3_570, '1 h'],
  [3_600, '1 h'],
  [12_600, '3.5 h'],
  [44_280, '12 h'],
  [86_400, '1 d'],
  [604_800, '7 d'],
  [2_592_000, '30 d'],
])('%d seconds are “%s”', (seconds, words) => {
  expect(lasting(seconds)).toBe(words);
});

import * as z from 'zod/mini';

export const units = { m: 60_000, h: 3_600_000, d: 86_400_000 } as const;

/** `30m`, `4h`, `10d` → milliseconds. */
export const Duration = z.pipe(
  z
    .string()
    .check(z.regex(/^[1-9]\d{0,3}[mhd]$/, 'a number and m, h or d, such as 30m, 4h or 10d')),
  z.transform(
    (text: string) => Number(text.slice(0, -1)) * units[text.at(-1) as keyof typeof units],
  ),
);

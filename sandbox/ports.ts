import { freePorts, portIsFree } from './emulators';

const parts = ['slack', 'edge', 'ministack', 'moto', 'hub'] as const;

export type Ports = Readonly<Record<(typeof parts)[number], number>>;

const named = (numbers: readonly number[]): Ports => {
  const [slack = 0, edge = 0, ministack = 0, moto = 0, hub = 0] = numbers;
  return { slack, edge, ministack, moto, hub };
};

/** Five ports from `base` on, or any five free ones. A busy port is told by name. */
export const choosePorts = async (wanted: 'free' | number): Promise<Ports> => {
  if (wanted === 'free') return named(await freePorts(parts.length));
  const numbers = parts.map((_, i) => wanted + i);
  for (const [i, port] of numbers.entries()) {
    if (await portIsFree(port)) continue;
    throw new Error(
      `Port ${port} (${parts[i] ?? ''}) is in use. End what listens there, or move all ports: DRAWBRIDGE_PORT=5000 npm start`,
    );
  }
  return named(numbers);
};

import type { CallMatch, Fault } from './types';

type Subject = Readonly<
  Record<'service' | 'action' | 'account', string> & { function: string | undefined }
>;

export class Faults {
  private armed: { match: CallMatch; fault: Fault; left: number }[] = [];

  add(match: CallMatch, fault: Fault): void {
    this.armed.push({ match, fault, left: fault.times ?? 1 });
  }

  clear(): void {
    this.armed = [];
  }

  /** The fault that hits this call, used up by it. */
  take(call: Subject): Fault | undefined {
    const hit = this.armed.find(
      ({ match, left }) =>
        left > 0 &&
        (match.service ?? call.service) === call.service &&
        (match.action ?? call.action) === call.action &&
        (match.function ?? call.function) === call.function &&
        (match.account ?? call.account) === call.account,
    );
    if (hit) hit.left -= 1;
    return hit?.fault;
  }
}

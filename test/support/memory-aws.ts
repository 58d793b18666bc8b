import type { Aws, AwsCall, AwsCalls } from '../../src/operations/aws';

/** An AWS error as the SDK throws it: its code is its name. */
export const awsError = (code: string, more: { $fault?: 'client' | 'server' } = {}): Error =>
  Object.assign(new Error(`${code} from AWS`), { name: code, ...more });

interface Fault {
  at: number;
  for: 'once' | 'always';
  when: 'before' | 'after';
  error: Error;
}

type Handler<C extends AwsCall> = (input: AwsCalls[C][0]) => Omit<AwsCalls[C][1], '$metadata'>;
/** How some calls behave; a call without a handler is an error of the test. */
export type Handlers = { [C in AwsCall]?: Handler<C> };

/** An account in memory: handlers per call, a record of the calls made, and faults on wish. */
export class MemoryAws implements Aws {
  readonly calls: { name: AwsCall; input: unknown }[] = [];
  readonly #handlers: readonly Handlers[];
  #fault: Fault | undefined;
  #seen = 0;

  constructor(...handlers: readonly Handlers[]) {
    this.#handlers = handlers;
  }

  /** Fails the n-th call from now, counted from 0, before or after it took effect. */
  fail(at: number, fault: Partial<Omit<Fault, 'at'>> = {}): void {
    this.#seen = 0;
    const error = awsError('UnauthorizedOperation');
    this.#fault = { at, for: 'once', when: 'before', error, ...fault };
  }

  heal(): void {
    this.#fault = undefined;
  }

  async call<C extends AwsCall>(name: C, input: AwsCalls[C][0]): Promise<AwsCalls[C][1]> {
    this.calls.push({ name, input });
    const fault = this.#due();
    if (fault?.when === 'before') throw fault.error;
    const handler = this.#handlers.find((each) => name in each)?.[name];
    if (!handler) throw new TypeError(`the account in memory does not know ${name}`);
    const output = { ...handler(input), $metadata: {} };
    if (fault) throw fault.error;
    return output;
  }

  #due(): Fault | undefined {
    const mine = this.#seen;
    this.#seen += 1;
    const fault = this.#fault;
    return fault && (fault.for === 'once' ? mine === fault.at : mine >= fault.at)
      ? fault
      : undefined;
  }
}

/** Does this call only look? */
export const isReading = (name: string): boolean => /:(Describe|Get|List)/.test(name);

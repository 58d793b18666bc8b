import { randomUUID } from 'node:crypto';

/** An event as a rule's target receives it. */
export interface EventBridgeEnvelope {
  version: '0';
  id: string;
  'detail-type': string;
  source: string;
  account: string;
  time: string;
  region: string;
  resources: string[];
  detail: object;
}

export type EventBody = Pick<
  EventBridgeEnvelope,
  'detail-type' | 'source' | 'region' | 'resources' | 'detail'
>;

/**
 * Events leave in order and in the background: an API call never waits for the bus, nor fails with it.
 * What the bus refuses is kept in `undelivered` instead of being lost in silence.
 */
export class EventQueue {
  readonly undelivered: { event: EventBridgeEnvelope; error: unknown }[] = [];
  private tail: Promise<void> = Promise.resolve();
  private readonly emit: (event: EventBridgeEnvelope) => Promise<void>;
  private readonly account: string;
  private readonly now: () => Date;

  constructor(
    emit: (event: EventBridgeEnvelope) => Promise<void>,
    account: string,
    now: () => Date,
  ) {
    this.emit = emit;
    this.account = account;
    this.now = now;
  }

  /** The account is the bus's, the administrator's; a finding of a member keeps its own inside `detail`. */
  push(body: EventBody): void {
    const event: EventBridgeEnvelope = {
      version: '0',
      id: randomUUID(),
      'detail-type': body['detail-type'],
      source: body.source,
      account: this.account,
      time: `${this.now().toISOString().slice(0, 19)}Z`,
      region: body.region,
      resources: body.resources,
      detail: structuredClone(body.detail),
    };
    this.tail = this.tail
      .then(() => this.emit(event))
      .catch((error: unknown) => {
        this.undelivered.push({ event, error });
      });
  }

  settled(): Promise<void> {
    return this.tail;
  }
}

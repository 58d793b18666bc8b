import { unmarshall } from '@aws-sdk/util-dynamodb';
import { gateStoreOn } from '../../src/aws/gate/store';
import { relay } from '../../src/aws/relay';
import { storeOn } from '../../src/aws/store';
import type { Item } from '../../src/aws/table';
import type { Link } from '../../src/domain/audit';
import type { Message } from '../../src/domain/message';
import { MemoryDynamo } from '../support/memory-dynamo';
import { fakeWorkflow } from '../support/workflow';
import { aWorld } from '../support/world';

/** The product's own store on a table in memory, whose stream is relayed. */
export const aStream = async () => {
  const dynamo = new MemoryDynamo();
  const world = await aWorld();
  const store = storeOn(dynamo.table(), world.clock.now);
  const deps = { ...world.deps, store };
  const kept: Link[] = [];
  const sent: { channel: string; message: Message }[] = [];
  const workflow = fakeWorkflow();
  const gateWorkflow = fakeWorkflow();
  const gate = gateStoreOn(dynamo.client(), 'drawbridge', dynamo.table());
  const counted: Link[] = [];
  const published: Link[] = [];
  const needs = {
    policy: deps.policy,
    store,
    workflow,
    gate,
    gateWorkflow,
    archive: { keep: async (link: Link) => void kept.push(link) },
    outbox: {
      send: async (channel: string, message: Message) => void sent.push({ channel, message }),
      later: async () => {},
    },
    count: async (link: Link) => void counted.push(link),
    publish: async (link: Link) => void published.push(link),
  };
  let told = 0;
  /** Relays what was written since, each as often as wished. */
  const flow = async (times = 1): Promise<void> => {
    const fresh = dynamo.stream.slice(told);
    for (const [index, image] of fresh.entries())
      for (let time = 0; time < times; time += 1)
        await relay(needs, unmarshall(image) as Item, String(told + index));
    told = dynamo.stream.length;
  };
  return {
    ...world,
    deps,
    store,
    gate,
    kept,
    sent,
    counted,
    published,
    workflow,
    gateWorkflow,
    flow,
    needs,
  };
};

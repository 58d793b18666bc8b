import type { Aws, AwsCall } from '../../src/operations/aws';
import type { Attached, Interfaces } from '../../src/operations/ec2/attached-interfaces';
import { quarantineInterfaces as step } from '../../src/operations/ec2/quarantine-interfaces';
import { input, isolated } from '../operations/samples/ec2-isolation';
import { Network } from './memory-interfaces';

const run = 'rem-0000000000/0';
export const modify: AwsCall = 'ec2:ModifyNetworkInterfaceAttribute';

/** An instance whose interfaces are put into quarantine, with what stands around it in the hands of the test. */
export const isolation = () => {
  const network = new Network();
  const aws = isolated(network);
  const read = (through: Aws = aws) => step.read(through, input, run);
  return {
    network,
    aws,
    read,
    apply: async (through: Aws = aws, wanted = input): Promise<Interfaces> => {
      const now = await read();
      await step.apply(through, wanted, now, run);
      return now;
    },
    /** From a state that was read while nothing failed yet. */
    applyFrom: (now: Interfaces, through: Aws = aws) => step.apply(through, input, now, run),
    undo: async (saved: Interfaces, through: Aws = aws) =>
      step.undo(through, input, saved, await read()),
    restored: async (saved: Interfaces) => step.restored(await read(), input, saved),
    interfaces: async (through: Aws = aws): Promise<readonly Attached[]> => {
      const now = await read(through);
      return now.gone ? [] : now.interfaces;
    },
    /** Where the interfaces are sent, by the names of the groups, and the pauses, in order. */
    moves: () =>
      aws.calls.flatMap(({ name, input: sent }) => {
        if (name === 'clock:Pause') return [JSON.stringify(sent)];
        return name === modify ? [moveOf(network, sent as Move)] : [];
      }),
    /** Is this call one that puts an interface into the group of this name? */
    sendsTo: (name: AwsCall, sent: object, group: string) =>
      name === modify && moveOf(network, sent as Move).endsWith(` ${group}`),
  };
};

interface Move {
  NetworkInterfaceId: string;
  Groups: string[];
}

const moveOf = (network: Network, { NetworkInterfaceId, Groups }: Move): string =>
  [NetworkInterfaceId, ...Groups.map((group) => network.find(group).name)].join(' ');

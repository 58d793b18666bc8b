import type { Aws } from '../aws';
import type { Irreversible } from '../operation';
import { asked, mayPass, reason } from './asked';
import { sectionsOf, type Gave } from './host-sections';
import { keepJson, keptBy, neverUndone, type Evidence } from './kept';
import { all } from '../pages';

/** A document of ours on the host, as SSM's agent runs it there. It takes no parameters: nothing secret can be in them. */
export type HostCommand = {
  readonly instanceId: string;
  /** After so many seconds it is stopped; what it gave until then is kept. */
  readonly deadlineSeconds: number;
};

export type Commanded = Evidence & {
  /** `none`, `kept`, AWS's word while it runs, `over`, or `overdue`. */
  readonly status: string;
  readonly command: string;
};

interface What {
  kind: string;
  document: string;
  artefact: string;
  describe: (input: HostCommand) => string;
}

export const hostCommand = ({
  kind,
  document,
  artefact,
  describe,
}: What): Irreversible<HostCommand, Commanded> => ({
  kind,
  describe,
  async read(aws, input, run) {
    const kept = await keptBy(aws, run);
    if (kept.length > 0) return { status: 'kept', command: '', kept };
    return { ...(await findCommand(aws, input, document, run)), kept };
  },
  holds: ({ status }) => status === 'kept',
  async apply(aws, input, { status, command }, run) {
    const { instanceId, deadlineSeconds } = input;
    const keep = (notes: readonly string[], gave: Partial<Gave> = {}) => {
      const { sections = [], skipped = [] } = gave;
      const value = { instanceId, document, command, sections, skipped };
      return keepJson(aws, run, { name: artefact, note: notes.join('; ') }, value);
    };
    if (status === 'none') {
      const because = await start(aws, input, document, run);
      // A host that cannot be asked is a fact about the host, not a failure of ours.
      if (because !== undefined) await keep([because]);
    }
    if (status === 'overdue') {
      await asked(aws, () => aws.call('ssm:CancelCommand', { CommandId: command }));
      await aws.call('clock:Pause', { milliseconds: breath });
    }
    if (status === 'over' || status === 'overdue') {
      const gave = await sectionsOf(aws, command, deadlineSeconds);
      await keep(gave.notes, gave);
    }
  },
  pending: ({ status }) =>
    ['none', 'kept', 'over', 'overdue'].includes(status) ? undefined : { running: status },
  // It ends by its own deadline; this is for a clock that stands still.
  patience: ({ deadlineSeconds }) => deadlineSeconds + 600,
  ...neverUndone,
  permissions: {
    read: ['ssm:ListCommands'],
    apply: [
      'ssm:CancelCommand',
      'ssm:DescribeInstanceInformation',
      'ssm:GetCommandInvocation',
      'ssm:ListCommandInvocations',
      'ssm:SendCommand',
    ],
  },
});

/** For what a command gave until it was stopped to come in. */
const breath = 5000;

const ends = ['Success', 'Cancelled', 'Failed', 'TimedOut'];

/** SSM has no token by which a second start would be none: the comment says whose it is. */
const commentOf = (run: string): string => `Drawbridge ${run}`;

const findCommand = async (
  aws: Aws,
  { instanceId, deadlineSeconds }: HostCommand,
  document: string,
  run: string,
): Promise<Omit<Commanded, 'kept'>> => {
  const commands = await all(async (NextToken) => {
    const page = await aws.call('ssm:ListCommands', {
      InstanceId: instanceId,
      Filters: [{ key: 'DocumentName', value: document }],
      ...(NextToken && { NextToken }),
    });
    return { items: page.Commands, next: page.NextToken };
  });
  // Of two, as a lost answer makes them, the first.
  const [own] = commands
    .filter(({ Comment }) => Comment === commentOf(run))
    .sort((a, b) => begun(a.RequestedDateTime) - begun(b.RequestedDateTime));
  if (!own) return { status: 'none', command: '' };
  const command = own.CommandId ?? '';
  if (ends.includes(own.Status ?? '')) return { status: 'over', command };
  const { at } = await aws.call('clock:GetTime', {});
  const until = begun(own.RequestedDateTime) + deadlineSeconds * 1000;
  return { status: Date.parse(at) >= until ? 'overdue' : (own.Status ?? 'Pending'), command };
};

const begun = (at: Date | undefined): number => at?.getTime() ?? 0;

/** @returns why the host cannot be asked, where it cannot */
const start = async (
  aws: Aws,
  { instanceId }: HostCommand,
  document: string,
  run: string,
): Promise<string | undefined> => {
  const known = await asked(aws, () =>
    aws.call('ssm:DescribeInstanceInformation', {
      Filters: [{ Key: 'InstanceIds', Values: [instanceId] }],
    }),
  );
  // Whether it is managed may be hidden from us: then the command itself shows it.
  if ('is' in known) {
    const ping = known.is.InstanceInformationList?.[0]?.PingStatus;
    if (ping === undefined) return 'Systems Manager does not manage this host';
    if (ping !== 'Online') return `Systems Manager does not reach this host (${ping})`;
  }
  try {
    await aws.call('ssm:SendCommand', {
      DocumentName: document,
      InstanceIds: [instanceId],
      Comment: commentOf(run),
      TimeoutSeconds: 60,
    });
    return undefined;
  } catch (error) {
    if (mayPass(error)) throw error;
    return `the host could not be asked: ${reason(error)}`;
  }
};

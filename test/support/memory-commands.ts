import type { CommandStatus } from '@aws-sdk/client-ssm';
import { awsError, type Handlers } from './memory-aws';

/** How a command goes: so many looks until it ends, how it ends, and what its steps print. */
export interface Commands {
  /** `none` where Systems Manager does not know the host. */
  ping?: 'Online' | 'ConnectionLost' | 'none';
  documents?: readonly string[];
  /** Without an end it runs until it is cancelled. */
  looks?: number;
  ends?: CommandStatus;
  sections?: Readonly<Record<string, string>>;
  /** Steps that the host's system passes over. */
  skipped?: readonly string[];
  now?: () => string;
  /** So many lists do not show a new command yet. */
  lag?: number;
}

const refusal = (code: string) => awsError(code, { $fault: 'client' });

/** Run Command: starts one command for each call, cuts what a step prints, and says first it ran before it does. */
export const memoryCommands = ({
  ping = 'Online',
  documents = ['Drawbridge-Collect', 'Drawbridge-Memory'],
  looks = 0,
  ends = 'Success',
  sections = { system: 'Linux 6.1', sockets: 'tcp LISTEN 0.0.0.0:4444' },
  skipped = [],
  now = () => '2026-03-01T12:00:00.000Z',
  lag = 0,
}: Commands = {}) => {
  const sent: { id: string; at: Date; comment: string; document: string; looked: number }[] = [];
  const cancelled = new Set<string>();
  let hidden = lag;
  const statusOf = (each: (typeof sent)[number]): CommandStatus => {
    if (cancelled.has(each.id)) return 'Cancelled';
    return each.looked > looks ? ends : 'InProgress';
  };
  const find = (id: string | undefined) => {
    const found = sent.find((each) => each.id === id);
    if (!found) throw refusal('InvalidCommandId');
    return found;
  };
  const handlers: Handlers = {
    'ssm:DescribeInstanceInformation': ({ Filters = [] }) => {
      const [{ Key, Values = [] } = { Key: undefined }] = Filters;
      if (Key !== 'InstanceIds') throw refusal('InvalidInstanceInformationFilterValue');
      if (ping === 'none') return { InstanceInformationList: [] };
      return { InstanceInformationList: [{ InstanceId: Values[0] ?? '', PingStatus: ping }] };
    },
    'ssm:SendCommand': ({ DocumentName = '', Comment = '', Parameters }) => {
      if (!documents.includes(DocumentName)) throw refusal('InvalidDocument');
      if (Comment.length > 100 || Parameters) throw refusal('ValidationException');
      const id = `command-${sent.length + 1}`;
      sent.push({ id, at: new Date(now()), comment: Comment, document: DocumentName, looked: 0 });
      return { Command: { CommandId: id } };
    },
    'ssm:ListCommands': ({ Filters = [], NextToken }) => {
      if (!NextToken) return { Commands: [], NextToken: 'more' };
      if (sent.length > 0 && hidden > 0) {
        hidden -= 1;
        return { Commands: [] };
      }
      const document = Filters.find(({ key }) => key === 'DocumentName')?.value;
      const Commands = sent
        .filter((each) => each.document === document)
        .map((each) => {
          each.looked += 1;
          return {
            CommandId: each.id,
            Comment: each.comment,
            RequestedDateTime: each.at,
            Status: statusOf(each),
          };
        });
      return { Commands: Commands.reverse() };
    },
    'ssm:ListCommandInvocations': ({ CommandId, Details }) => {
      const found = find(CommandId);
      const plugin = (Name: string, Output: string) => ({ Name, Output: Output.slice(0, 2500) });
      const passed = (name: string) =>
        plugin(
          name,
          `Step execution skipped due to unsupported platform: "Linux". Step name: ${name}`,
        );
      const CommandPlugins = [
        ...Object.entries(sections).map(([name, output]) => plugin(name, output)),
        ...skipped.map(passed),
      ];
      return {
        CommandInvocations: [
          {
            InstanceId: 'i-1',
            Status: statusOf(found),
            ...(Details && { CommandPlugins }),
          },
        ],
      };
    },
    'ssm:GetCommandInvocation': ({ CommandId, PluginName = '' }) => {
      const status = statusOf(find(CommandId));
      const output = sections[PluginName];
      if (output === undefined) throw refusal('InvalidPluginName');
      return {
        Status: status,
        StatusDetails: status,
        ResponseCode: status === 'Success' ? 0 : 1,
        StandardOutputContent: output.slice(0, 24_000),
        StandardErrorContent: '',
      };
    },
    'ssm:CancelCommand': ({ CommandId }) => {
      cancelled.add(find(CommandId).id);
      return {};
    },
  };
  return { handlers, sent, cancelled };
};

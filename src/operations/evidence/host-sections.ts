import type { CommandInvocation } from '@aws-sdk/client-ssm';
import type { Aws } from '../aws';
import { asked } from './asked';

/** What one step of the document gave. */
export interface Section {
  name: string;
  status: string;
  code: number;
  output: string;
  error: string;
  /** SSM tells no more of a step than this. */
  cut: boolean;
}

/** Characters of a step's output that SSM tells; the document's own steps end before. */
export const cutAt = 24_000;

export interface Gave {
  sections: readonly Section[];
  /** Steps for the other system. They are named, so that no host can hide one of its own among them. */
  skipped: readonly string[];
  /** What is missing or failed, in words. */
  notes: readonly string[];
}

const passedOver = /^Step execution skipped due to /;

/** What came back from the host. */
export const sectionsOf = async (
  aws: Aws,
  CommandId: string,
  deadlineSeconds: number,
): Promise<Gave> => {
  const listed = await asked(aws, () =>
    aws.call('ssm:ListCommandInvocations', { CommandId, Details: true }),
  );
  if ('unknown' in listed)
    return {
      sections: [],
      skipped: [],
      notes: [`the output could not be read: ${listed.unknown}`],
    };
  const [invocation] = listed.is.CommandInvocations ?? [];
  const sections: Section[] = [];
  const skipped: string[] = [];
  const lost: string[] = [];
  for (const { Name = '', Output = '' } of invocation?.CommandPlugins ?? []) {
    if (passedOver.test(Output)) {
      skipped.push(Name);
      continue;
    }
    const section = await sectionOf(aws, CommandId, invocation?.InstanceId, Name);
    if ('unknown' in section) lost.push(`${Name} (${section.unknown})`);
    else sections.push(section.is);
  }
  return {
    sections,
    skipped,
    notes: [...endOf(invocation, deadlineSeconds), ...notesOf(sections, lost)],
  };
};

const sectionOf = (
  aws: Aws,
  CommandId: string,
  InstanceId: string | undefined,
  PluginName: string,
) =>
  asked(aws, async (): Promise<Section> => {
    const found = await aws.call('ssm:GetCommandInvocation', { CommandId, InstanceId, PluginName });
    const output = found.StandardOutputContent ?? '';
    return {
      name: PluginName,
      status: found.StatusDetails ?? found.Status ?? 'unknown',
      code: found.ResponseCode ?? -1,
      output,
      error: found.StandardErrorContent ?? '',
      cut: output.length >= cutAt || /-+output truncated-+\s*$/i.test(output),
    };
  });

/** Stopped commands end as cancelled, sooner or later. */
const stopped = ['Cancelled', 'Cancelling', 'Pending', 'InProgress', 'Delayed'];

const endOf = (invocation: CommandInvocation | undefined, deadlineSeconds: number): string[] => {
  const { Status, StatusDetails } = invocation ?? {};
  if (Status === 'Success') return [];
  return Status && stopped.includes(Status)
    ? [`stopped before its end (deadline: ${deadlineSeconds} seconds)`]
    : [`Systems Manager says ${StatusDetails ?? Status ?? 'nothing of the host'}`];
};

const notesOf = (sections: readonly Section[], lost: readonly string[]): string[] => {
  const named = (which: (section: Section) => boolean) =>
    sections
      .filter(which)
      .map(({ name }) => name)
      .join(', ');
  const failed = named(({ status }) => status !== 'Success');
  const cut = named((each) => each.cut);
  return [
    ...(sections.length === 0 && lost.length === 0 ? ['the host gave no output'] : []),
    ...(failed ? [`not whole: ${failed}`] : []),
    ...(cut ? [`cut at ${cutAt} characters: ${cut}`] : []),
    ...(lost.length > 0 ? [`could not be read: ${lost.join(', ')}`] : []),
  ];
};

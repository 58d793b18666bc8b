import type { Json } from './canonical';
import { stepPath } from './chain';
import type { Tool, ToolStep } from './engines';
import { isName, marksIn, names } from './template';

export interface ToolFault {
  /** From the list of tools on: `[0, 'steps', 1]`. */
  path: (string | number)[];
  words: string;
}

/** What is wrong with declared playbooks whose form is right. */
export const toolFaults = (tools: readonly Tool[]): ToolFault[] =>
  tools.flatMap((tool, index) =>
    [...titleFaults(tool), ...answerFaults(tool), ...stepFaults(tool)].map(({ path, words }) => ({
      path: [index, ...path],
      words,
    })),
  );

/** Buttons and lists speak of playbooks by both: people must find one from the other. */
const titleFaults = ({ id, title }: Tool): ToolFault[] => {
  const [verb] = id.split('-');
  return title.split(' ')[0]?.toLowerCase() === verb
    ? []
    : [{ path: ['title'], words: `start it with “${verb}”, as the id does` }];
};

const answerFaults = ({ answers }: Tool): ToolFault[] =>
  answers.flatMap((answer, index) =>
    /^[A-Z][A-Za-z0-9]*\.\d+$|^[a-z0-9-]+:./.test(answer)
      ? []
      : [
          {
            path: ['answers', index],
            words:
              'write a control such as EC2.19, or a product and a type: guardduty:Backdoor:EC2/*',
          },
        ],
  );

const stepFaults = ({ steps }: Tool): ToolFault[] =>
  steps.flatMap((step, index) =>
    fieldsOf(step).flatMap(({ path, value, may }) => {
      const { paths, broken } = marksIn(value);
      return [
        ...broken.map((text) => `the braces in “${text}” do not close: write {{target.id}}`),
        ...paths.flatMap((mark) => markFaults(mark, index, may)),
      ].map((words) => ({ path: ['steps', index, ...path], words }));
    }),
  );

type May = 'anything' | 'target' | 'nothing';

/** Where marks may stand: in what a tool is told, not in which tool it is. */
const fieldsOf = (step: ToolStep): { path: string[]; value: Json; may: May }[] => {
  if ('ssm' in step)
    return [
      { path: ['ssm', 'document'], value: step.ssm.document, may: 'nothing' },
      { path: ['ssm', 'parameters'], value: step.ssm.parameters, may: 'anything' },
    ];
  if ('states' in step)
    return [
      { path: ['states', 'machine'], value: step.states.machine, may: 'target' },
      { path: ['states', 'input'], value: step.states.input, may: 'anything' },
    ];
  return [{ path: ['webhook', 'body'], value: step.webhook.body, may: 'anything' }];
};

const markFaults = (mark: string, index: number, may: May): string[] => {
  if (may === 'nothing') return [`{{${mark}}} cannot stand here: what runs is fixed`];
  const [, step] = stepPath.exec(mark) ?? [];
  if (may === 'target')
    return mark === 'target.account' || mark === 'target.region'
      ? []
      : [`{{${mark}}} cannot stand here: only {{target.account}} and {{target.region}} can`];
  if (!step)
    return isName(mark)
      ? []
      : [`there is no {{${mark}}}: ${[...names, 'steps.1.Name'].join(', ')}`];
  return Number(step) <= index
    ? []
    : [`{{${mark}}} is not known yet: step ${index + 1} can use ${earlier(index)}`];
};

const earlier = (index: number): string =>
  ['no output, since it is the first', 'outputs of step 1'][index] ??
  `outputs of steps 1 to ${index}`;

import { canonical, type Json } from '../domain/canonical';
import type { Tool, ToolStep } from '../domain/engines';
import { Told } from '../domain/errors';
import type { Effect, Planned, Step } from '../domain/plan';
import type { Asked } from '../domain/playbook';
import type { Target } from '../domain/target';
import { isChained, rendered, told, valuesOf, type Values } from '../domain/template';
import { endpointOf, offersOf } from '../domain/tools';
import type { CallWebhook } from '../operations/https/call-webhook';
import type { RunAutomation } from '../operations/ssm/run-automation';
import type { RunExecution } from '../operations/states/run-execution';
import type { Listed } from './index';

/** Playbooks that the policy declares: engines outside Drawbridge run them, one after the other. */
export const declared = (tools: readonly Tool[]): Listed[] =>
  tools.map((tool, index) => ({
    ...offersOf(tools)[index]!,
    // Nothing is read: what an engine would find, only the engine knows.
    permissions: [],
    look: async (_, asked) => plan(tool, asked),
  }));

/** Always a plan, never “compliant”: only the tool could say so. */
const plan = ({ id, steps }: Tool, asked: Asked): Planned => {
  const { target } = asked;
  try {
    const values = valuesOf(asked);
    const planned = steps.map((step) => planOf(step, values, target));
    return {
      kind: 'plan',
      plan: {
        playbook: id,
        target,
        steps: planned.map(({ step }) => step),
        effects: planned.map(({ effect }) => effect),
        keeps: [],
        warnings: [
          'This cannot be undone, and Drawbridge cannot foresee what it changes.',
          ...planned.flatMap(({ step }, index) =>
            step.chained
              ? [`Step ${index + 1} is told what an earlier step gives, which is not known yet.`]
              : [],
          ),
        ],
        blastRadius: [
          `What is touched besides ${target.id} is up to ${planned.map(({ effect }) => effect.what).join(', ')}.`,
        ],
        leaves:
          'It does not tell whether the finding is mended: until its source sees it, it stays open.',
        reversible: { not: 'other tools do it, and Drawbridge keeps no state to go back to.' },
      },
    };
  } catch (error) {
    if (error instanceof Told) return { kind: 'refusal', because: error.message };
    throw error;
  }
};

interface PlannedStep {
  step: Step;
  effect: Effect;
}

const planOf = (step: ToolStep, values: Values, target: Target): PlannedStep => {
  const timeoutSeconds = step.timeout / 1000;
  if ('ssm' in step) {
    const { document, version, parameters: declaredOnes } = step.ssm;
    const parameters = Object.fromEntries(
      Object.entries(declaredOnes).map(([name, value]) => [name, [value].flat()]),
    );
    const input: RunAutomation = {
      document,
      ...(version !== undefined && { version }),
      parameters: rendered(parameters, values),
      timeoutSeconds,
    };
    return planned('ssm.run-automation', input, {
      what: `Automation ${document}`,
      with: parameters,
      values,
    });
  }
  if ('states' in step) {
    const { machine, input: declaredInput } = step.states;
    const input: RunExecution = {
      stateMachineArn: reachable(rendered(machine, values), target),
      input: rendered(declaredInput, values),
      timeoutSeconds,
    };
    return planned('states.run-execution', input, {
      what: `State machine ${machine.replace(/^.*:/, '')}`,
      with: declaredInput,
      values,
    });
  }
  const { webhook } = step;
  const input: CallWebhook = {
    url: endpointOf(webhook),
    body: rendered(webhook.body, values),
    secret: webhook.secret,
    timeoutSeconds,
  };
  return planned('https.call-webhook', input, {
    what: `Tool ${webhook.host}${webhook.path}`,
    with: webhook.body,
    values,
  });
};

const planned = (
  operation: string,
  input: Json,
  said: { what: string; with: { readonly [key: string]: Json }; values: Values },
): PlannedStep => {
  const given = Object.keys(said.with).length > 0;
  return {
    step: {
      operation,
      input,
      phase: 'change',
      ...(isChained(said.with) && { chained: true }),
    },
    effect: {
      what: said.what,
      before: 'not run',
      after: given ? `run once with ${canonical(told(said.with, said.values))}` : 'run once',
    },
  };
};

/** A session is in the target's account and Region, and so is what it can start. */
const reachable = (arn: string, { account, region }: Target): string => {
  const [, , , of, owner] = arn.split(':');
  if (of === region && owner === account) return arn;
  throw new Told(
    `The state machine is in ${of} of account ${owner}, the target in ${region} of account ${account}.`,
  );
};

import * as z from 'zod/mini';
import { Json } from './canonical';
import { Duration, units } from './duration';

const text = (max: number) => z.string().check(z.minLength(1), z.maxLength(max));
const like = (pattern: RegExp, words: string) => z.string().check(z.regex(pattern, words));

/** Longer than that the workflow's history would not hold the looks at a step. */
const timeout = z._default(
  Duration.check(z.maximum(4 * units.h, 'no longer than 4h')),
  10 * units.m,
);

const Ssm = z.strictObject({
  /** Name or ARN of an Automation document, of AWS or of the target's account. */
  document: text(200),
  version: z.optional(text(20)),
  parameters: z._default(z.record(z.string(), z.union([z.string(), z.array(z.string())])), {}),
});

const States = z.strictObject({
  /** A Standard state machine; `{{target.account}}` and `{{target.region}}` may stand in it. */
  machine: like(/^arn:[^:]+:states:[^:]+:[^:]+:stateMachine:[\w-]+$/, 'the ARN of a state machine'),
  input: z._default(z.record(z.string(), Json), {}),
});

const Webhook = z.strictObject({
  /** A name, never a bare address: `tools.example.com`. Loopback, with its port, is for rehearsals. */
  host: like(
    /^([a-z\d-]+\.)+[a-z][a-z\d-]*(:\d+)?$|^(localhost|127\.0\.0\.1):\d+$/,
    'a host name such as tools.example.com',
  ),
  path: like(/^\/[\w./~-]*$/, 'a path such as /drawbridge/isolate'),
  body: z._default(z.record(z.string(), Json), {}),
  /** The signing secret: the SSM parameter /drawbridge/webhooks/<name> of this account. */
  secret: like(/^[a-z\d-]{1,40}$/, 'small letters, digits and hyphens'),
});

/** One step of a declared playbook: exactly one engine. */
export const ToolStep = z.union([
  z.strictObject({ ssm: Ssm, timeout }),
  z.strictObject({ states: States, timeout }),
  z.strictObject({ webhook: Webhook, timeout }),
]);
export type ToolStep = z.infer<typeof ToolStep>;

/** A playbook that is declared, not written: an engine of AWS or of somebody else runs each step. */
export const Tool = z.strictObject({
  id: like(/^[a-z]+-[a-z\d]+(-[a-z\d]+)+$/, 'verb-service-thing, in small letters'),
  title: text(75),
  summary: text(200),
  /** Control ids (`EC2.19`), or a product and a finding type (`guardduty:Backdoor:EC2/*`). */
  answers: z.array(text(200)).check(z.minLength(1), z.maxLength(50)),
  target: like(/^(Aws|Other)[A-Za-z\d]*$/, 'an ASFF resource type such as AwsEc2Instance'),
  risk: z.enum(['low', 'medium', 'high']),
  steps: z.array(ToolStep).check(z.minLength(1), z.maxLength(5)),
});
export type Tool = z.infer<typeof Tool>;

import { Tool } from '../../src/domain/engines';
import type { z } from 'zod/mini';

/** A declared chain of all three engines, as people write it. */
export const toolText = {
  id: 'restart-vendor-agent',
  title: 'Restart the vendor agent',
  summary: 'Restarts the agent and opens a ticket.',
  answers: ['EC2.99', 'guardduty:Backdoor:EC2/*'],
  target: 'AwsEc2Instance',
  risk: 'medium',
  steps: [
    {
      ssm: {
        document: 'AWS-RestartEC2Instance',
        parameters: {
          InstanceId: ['{{target.id}}'],
          AutomationAssumeRole: 'arn:aws:iam::{{target.account}}:role/Automation',
        },
      },
    },
    {
      states: {
        machine: 'arn:aws:states:{{target.region}}:{{target.account}}:stateMachine:isolate-host',
        input: { host: '{{ target.id }}', ticket: '{{steps.1.ticket.Id}}', tries: 3 },
      },
    },
    {
      webhook: {
        host: 'tools.example.com',
        path: '/drawbridge/isolate',
        body: {
          about: '{{finding.title}} ({{finding.severity}})',
          ticket: '{{steps.1.ticket.Id}}',
        },
        secret: 'vendor',
      },
      timeout: '30m',
    },
  ],
} satisfies z.input<typeof Tool>;

export const aTool = (more: Partial<z.input<typeof Tool>> = {}): Tool =>
  Tool.parse({ ...toolText, ...more });

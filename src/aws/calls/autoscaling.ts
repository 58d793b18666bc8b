import {
  AutoScalingClient,
  DescribeAutoScalingGroupsCommand,
  DescribeAutoScalingInstancesCommand,
  EnterStandbyCommand,
  ExitStandbyCommand,
  SetInstanceProtectionCommand,
  UpdateAutoScalingGroupCommand,
} from '@aws-sdk/client-auto-scaling';
import type { AutoScalingCalls } from '../../operations/calls/autoscaling';
import { lazily, type Callers, type SessionConfig } from './callers';

export const autoscalingCallers = (config: SessionConfig): Callers<keyof AutoScalingCalls> => {
  const client = lazily(() => new AutoScalingClient(config));
  return {
    'autoscaling:DescribeAutoScalingGroups': (input) =>
      client().send(new DescribeAutoScalingGroupsCommand(input)),
    'autoscaling:DescribeAutoScalingInstances': (input) =>
      client().send(new DescribeAutoScalingInstancesCommand(input)),
    'autoscaling:EnterStandby': (input) => client().send(new EnterStandbyCommand(input)),
    'autoscaling:ExitStandby': (input) => client().send(new ExitStandbyCommand(input)),
    'autoscaling:SetInstanceProtection': (input) =>
      client().send(new SetInstanceProtectionCommand(input)),
    'autoscaling:UpdateAutoScalingGroup': (input) =>
      client().send(new UpdateAutoScalingGroupCommand(input)),
  };
};

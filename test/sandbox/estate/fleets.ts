import {
  AttachInstancesCommand,
  AutoScalingClient,
  type AutoScalingGroup,
  CreateAutoScalingGroupCommand,
  DescribeAutoScalingGroupsCommand,
  DescribeAutoScalingInstancesCommand,
  EnterStandbyCommand,
  ExitStandbyCommand,
  ResumeProcessesCommand,
  SetInstanceProtectionCommand,
  SuspendProcessesCommand,
  UpdateAutoScalingGroupCommand,
} from '@aws-sdk/client-auto-scaling';
import { CreateLaunchTemplateCommand, EC2Client } from '@aws-sdk/client-ec2';
import {
  CreateListenerCommand,
  CreateLoadBalancerCommand,
  CreateTargetGroupCommand,
  DescribeTargetHealthCommand,
  ElasticLoadBalancingV2Client,
} from '@aws-sdk/client-elastic-load-balancing-v2';

import { image } from '../../../sandbox/estate/servers';
import type { ClientSettings } from '../../../sandbox/stack';
import { launch, place, type Place } from './hosts';

export interface Fleets {
  readonly ec2: EC2Client;
  readonly scaling: AutoScalingClient;
  readonly balancing: ElasticLoadBalancingV2Client;
  readonly here: Place;
  readonly template: string;
}

export const fleets = async (settings: ClientSettings): Promise<Fleets> => {
  const ec2 = new EC2Client(settings);
  const here = await place(ec2, '10.20');
  const { LaunchTemplate } = await ec2.send(
    new CreateLaunchTemplateCommand({
      LaunchTemplateName: 'web',
      LaunchTemplateData: { ImageId: image, InstanceType: 't3.small' },
    }),
  );
  return {
    ec2,
    scaling: new AutoScalingClient(settings),
    balancing: new ElasticLoadBalancingV2Client(settings),
    here,
    template: LaunchTemplate?.LaunchTemplateId ?? '',
  };
};

/** Of port 443. */
export const targetGroup = async ({ balancing, here }: Fleets, Name: string): Promise<string> => {
  const asked = { Name, Protocol: 'HTTPS' as const, Port: 443, VpcId: here.vpcId };
  const { TargetGroups } = await balancing.send(new CreateTargetGroupCommand(asked));
  return TargetGroups?.[0]?.TargetGroupArn ?? '';
};

export const balance = async (
  { balancing, here }: Fleets,
  Name: string,
  TargetGroupArn: string,
): Promise<void> => {
  const asked = { Name, Subnets: [...here.subnets] };
  const { LoadBalancers } = await balancing.send(new CreateLoadBalancerCommand(asked));
  await balancing.send(
    new CreateListenerCommand({
      LoadBalancerArn: LoadBalancers?.[0]?.LoadBalancerArn,
      Protocol: 'HTTP',
      Port: 80,
      DefaultActions: [{ Type: 'forward', TargetGroupArn }],
    }),
  );
};

/** A group with one member, behind a load balancer that it asks for the member's health. */
export const fleet = async (all: Fleets, AutoScalingGroupName: string, MinSize = 0) => {
  const { ec2, scaling, here, template } = all;
  const arn = await targetGroup(all, AutoScalingGroupName);
  await balance(all, AutoScalingGroupName, arn);
  const host = await launch(ec2, here);
  const named = { AutoScalingGroupName };
  await scaling.send(
    new CreateAutoScalingGroupCommand({
      ...named,
      LaunchTemplate: { LaunchTemplateId: template, Version: '$Latest' },
      MinSize: 0,
      MaxSize: 2,
      DesiredCapacity: 0,
      VPCZoneIdentifier: here.subnets[0],
      TargetGroupARNs: [arn],
      HealthCheckType: 'ELB',
    }),
  );
  const InstanceIds = [host.id];
  await scaling.send(new AttachInstancesCommand({ ...named, InstanceIds }));
  await scaling.send(new UpdateAutoScalingGroupCommand({ ...named, MinSize }));
  return {
    host,
    arn,
    size: (sizes: object) =>
      scaling.send(new UpdateAutoScalingGroupCommand({ ...named, ...sizes })),
    enter: (ShouldDecrementDesiredCapacity: boolean, ids = InstanceIds) =>
      scaling.send(
        new EnterStandbyCommand({ ...named, InstanceIds: ids, ShouldDecrementDesiredCapacity }),
      ),
    exit: () => scaling.send(new ExitStandbyCommand({ ...named, InstanceIds })),
    protect: (ids = InstanceIds) =>
      scaling.send(
        new SetInstanceProtectionCommand({
          ...named,
          InstanceIds: ids,
          ProtectedFromScaleIn: true,
        }),
      ),
    suspend: (...ScalingProcesses: string[]) =>
      scaling.send(new SuspendProcessesCommand({ ...named, ScalingProcesses })),
    resume: (...ScalingProcesses: string[]) =>
      scaling.send(new ResumeProcessesCommand({ ...named, ScalingProcesses })),
    group: async (): Promise<Partial<AutoScalingGroup>> => {
      const asked = { AutoScalingGroupNames: [AutoScalingGroupName] };
      const found = await scaling.send(new DescribeAutoScalingGroupsCommand(asked));
      return found.AutoScalingGroups?.[0] ?? {};
    },
    state: async () => {
      const found = await scaling.send(new DescribeAutoScalingInstancesCommand({ InstanceIds }));
      return found.AutoScalingInstances?.[0]?.LifecycleState;
    },
  };
};

/** Port and state of each target, or of those asked for. */
export const healthOf = async (
  { balancing }: Fleets,
  TargetGroupArn: string,
  ...ids: readonly string[]
): Promise<unknown[]> => {
  const Targets = ids.map((Id) => ({ Id }));
  const asked = { TargetGroupArn, ...(ids.length > 0 ? { Targets } : {}) };
  const { TargetHealthDescriptions: found = [] } = await balancing.send(
    new DescribeTargetHealthCommand(asked),
  );
  return found.map(({ Target, TargetHealth }) => [Target?.Port, TargetHealth?.State]);
};

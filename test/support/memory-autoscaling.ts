import { awsError, type Handlers } from './memory-aws';

export interface MemoryMember {
  id: string;
  lifecycle: string;
  protected?: boolean;
  weight?: number;
}

export interface MemoryGroup {
  min: number;
  max: number;
  desired: number;
  members: MemoryMember[];
  zones?: string[];
  suspended?: string[];
}

/**
 * Auto Scaling groups that hold their sizes: what is missing to the least size or to what is wanted, they launch.
 * @param lag so many reads after a move still tell the state on the way
 */
export const memoryAutoscaling = (groups: Map<string, MemoryGroup>, { lag = 0 } = {}): Handlers => {
  const moving = new Map<MemoryMember, { to: string; reads: number }>();
  const find = (name = '') => {
    const group = groups.get(name);
    if (!group) throw awsError('ValidationError');
    return group;
  };
  const pick = (name: string | undefined, ids: readonly string[] = []) => {
    const group = find(name);
    const member = group.members.find(({ id }) => id === ids[0]);
    if (!member || ids.length !== 1) throw awsError('ValidationError');
    return { group, member, weight: member.weight ?? 1 };
  };
  const move = (member: MemoryMember, by: string, to: string) => {
    if (lag === 0) member.lifecycle = to;
    else {
      member.lifecycle = by;
      moving.set(member, { to, reads: lag });
    }
  };
  const arrive = () => {
    for (const [member, way] of moving) {
      if (way.reads === 0) {
        member.lifecycle = way.to;
        moving.delete(member);
      }
      way.reads -= 1;
    }
  };
  const launch = ({ members, desired }: MemoryGroup) => {
    const standing = members.filter(({ lifecycle }) => !/Standby/.test(lifecycle));
    const size = standing.reduce((sum, { weight = 1 }) => sum + weight, 0);
    for (let more = desired - size; more > 0; more -= 1)
      members.push({ id: `i-new${members.length}`, lifecycle: 'Pending' });
  };
  return {
    'autoscaling:DescribeAutoScalingGroups': ({ AutoScalingGroupNames = [] }) => {
      arrive();
      // A name that is not there is no error.
      const found = [...groups].filter(([name]) => AutoScalingGroupNames.includes(name));
      return { AutoScalingGroups: found.map(([name, group]) => described(name, group)) };
    },
    'autoscaling:SetInstanceProtection': (input) => {
      const { member } = pick(input.AutoScalingGroupName, input.InstanceIds);
      if (!/^(InService|EnteringStandby|Standby)$/.test(member.lifecycle))
        throw awsError('ValidationError');
      member.protected = input.ProtectedFromScaleIn ?? false;
      return {};
    },
    'autoscaling:EnterStandby': (input) => {
      const { group, member, weight } = pick(input.AutoScalingGroupName, input.InstanceIds);
      const desired = group.desired - (input.ShouldDecrementDesiredCapacity ? weight : 0);
      if (member.lifecycle !== 'InService' || desired < group.min)
        throw awsError('ValidationError');
      group.desired = desired;
      move(member, 'EnteringStandby', 'Standby');
      launch(group);
      return {};
    },
    'autoscaling:ExitStandby': (input) => {
      const { group, member, weight } = pick(input.AutoScalingGroupName, input.InstanceIds);
      const desired = group.desired + weight;
      if (member.lifecycle !== 'Standby' || desired > group.max) throw awsError('ValidationError');
      group.desired = desired;
      move(member, 'Pending', 'InService');
      return {};
    },
    'autoscaling:UpdateAutoScalingGroup': ({ AutoScalingGroupName, MinSize }) => {
      const group = find(AutoScalingGroupName);
      const min = MinSize ?? group.min;
      if (min > group.max || min < 0) throw awsError('ValidationError');
      Object.assign(group, { min, desired: Math.max(group.desired, min) });
      launch(group);
      return {};
    },
  };
};

const described = (
  AutoScalingGroupName: string,
  { min, max, desired, members, zones = ['eu-west-1a'], suspended = [] }: MemoryGroup,
) => ({
  AutoScalingGroupName,
  MinSize: min,
  MaxSize: max,
  DesiredCapacity: desired,
  DefaultCooldown: 300,
  AvailabilityZones: zones,
  SuspendedProcesses: suspended.map((ProcessName) => ({ ProcessName })),
  HealthCheckType: 'ELB',
  CreatedTime: new Date(0),
  Instances: members.map((member) => ({
    InstanceId: member.id,
    AvailabilityZone: 'eu-west-1a',
    LifecycleState: member.lifecycle as 'InService',
    HealthStatus: 'Healthy',
    ProtectedFromScaleIn: member.protected ?? false,
    ...(member.weight !== undefined && { WeightedCapacity: String(member.weight) }),
  })),
});

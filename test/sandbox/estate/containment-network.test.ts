import {
  AllocateAddressCommand,
  AssociateAddressCommand,
  AssociateTrunkInterfaceCommand,
  AttachNetworkInterfaceCommand,
  AuthorizeSecurityGroupIngressCommand,
  CreateNetworkInterfaceCommand,
  CreateSecurityGroupCommand,
  DeleteNetworkInterfaceCommand,
  DeleteSecurityGroupCommand,
  DescribeAddressesCommand,
  DescribeNetworkInterfacesCommand,
  DescribeTrunkInterfaceAssociationsCommand,
  EC2Client,
  ModifyInstanceAttributeCommand,
  ModifyNetworkInterfaceAttributeCommand,
  type ModifyNetworkInterfaceAttributeCommandInput,
  TerminateInstancesCommand,
} from '@aws-sdk/client-ec2';

import { workloads } from '../../../sandbox/estate';
import { asAccount } from '../../../sandbox/stack';
import { launch, look, place, refusal, type Place } from './hosts';
import { startLocalAws, type LocalAws } from './local-aws';

let aws: LocalAws;
let ec2: EC2Client;
let here: Place;
/** An instance with two interfaces. */
let host: { id: string; eni: string; second: string };

const addInterface = async (more: object = {}): Promise<string> => {
  const asked = { SubnetId: here.subnets[0], Groups: [here.open], ...more };
  const made = await ec2.send(new CreateNetworkInterfaceCommand(asked));
  return made.NetworkInterface?.NetworkInterfaceId ?? '';
};

beforeAll(async () => {
  aws = await startLocalAws();
  ec2 = new EC2Client(asAccount(aws.edge.url, workloads));
  here = await place(ec2, '10.20');
  const second = await addInterface();
  host = { ...(await launch(ec2, here)), second };
  const attach = { DeviceIndex: 1, InstanceId: host.id, NetworkInterfaceId: second };
  await ec2.send(new AttachNetworkInterfaceCommand(attach));
}, 60_000);
afterAll(() => aws.close(), 30_000);

const change = (
  NetworkInterfaceId: string,
  what: Omit<ModifyNetworkInterfaceAttributeCommandInput, 'NetworkInterfaceId'>,
) => ec2.send(new ModifyNetworkInterfaceAttributeCommand({ NetworkInterfaceId, ...what }));

const describe = async (id: string) => {
  const asked = new DescribeNetworkInterfacesCommand({ NetworkInterfaceIds: [id] });
  return (await ec2.send(asked)).NetworkInterfaces?.[0];
};

const group = (GroupName: string, VpcId = here.vpcId) =>
  ec2.send(new CreateSecurityGroupCommand({ VpcId, GroupName, Description: GroupName }));

const remove = (GroupId?: string) => ec2.send(new DeleteSecurityGroupCommand({ GroupId }));

test('the groups of an instance with several interfaces cannot be changed, only those of an interface', async () => {
  const { id: InstanceId } = await launch(ec2, here);
  const modify = (id: string) =>
    ec2.send(new ModifyInstanceAttributeCommand({ InstanceId: id, Groups: [here.closed] }));
  await modify(InstanceId);
  expect((await look(ec2, InstanceId)).SecurityGroups).toMatchObject([{ GroupId: here.closed }]);
  expect(await refusal(modify(host.id))).toBe('InvalidInstanceID');
  expect((await look(ec2, host.id)).SecurityGroups).toMatchObject([{ GroupId: here.open }]);
});

test('groups stay in the order in which they were given, and each interface has its own', async () => {
  await change(host.second, { Groups: [here.closed, here.open] });
  const { NetworkInterfaces = [] } = await look(ec2, host.id);
  expect(
    NetworkInterfaces.map(({ NetworkInterfaceId, Groups }) => [
      NetworkInterfaceId,
      Groups?.map(({ GroupId }) => GroupId),
    ]),
  ).toEqual([
    [host.eni, [here.open]],
    [host.second, [here.closed, here.open]],
  ]);
});

test('an interface takes no group that there is not, none of another VPC, and no sixth one', async () => {
  const far = await place(ec2, '10.30');
  const many = await Promise.all([1, 2, 3, 4, 5, 6].map((n) => group(`many-${n}`)));
  const put = (Groups: string[]) => refusal(change(host.eni, { Groups }));
  expect(await put(['sg-0123456789abcdef0'])).toBe('InvalidGroup.NotFound');
  expect(await put([far.open])).toBe('InvalidGroup.NotFound');
  expect(await put(many.map(({ GroupId = '' }) => GroupId))).toBe(
    'SecurityGroupsPerInterfaceLimitExceeded',
  );
  expect((await describe(host.eni))?.Groups).toMatchObject([{ GroupId: here.open }]);
});

test('an interface changes one attribute per call', async () => {
  const both = { Groups: [here.open], Description: { Value: 'web' } };
  expect(await refusal(change(host.eni, both))).toBe('InvalidParameterCombination');
  await change(host.eni, { SourceDestCheck: { Value: false } });
  expect((await look(ec2, host.id)).SourceDestCheck).toBe(false);
  await change(host.eni, { SourceDestCheck: { Value: true } });
});

test('idle connections can be given a minute, never less', async () => {
  const idle = (TcpEstablishedTimeout: number) =>
    change(host.eni, { ConnectionTrackingSpecification: { TcpEstablishedTimeout } });
  expect(await refusal(idle(59))).toBe('InvalidParameterValue');
  await idle(60);
  expect((await describe(host.eni))?.ConnectionTrackingConfiguration).toEqual({
    TcpEstablishedTimeout: 60,
  });
});

test("a service's interface cannot be changed or deleted by anybody else", async () => {
  const Tags = [{ Key: 'sandbox:requester', Value: 'amazon-elb' }];
  const TagSpecifications = [{ ResourceType: 'network-interface', Tags }];
  const eni = await addInterface({ TagSpecifications });
  expect(await describe(eni)).toMatchObject({
    RequesterManaged: true,
    RequesterId: 'amazon-elb',
    Operator: { Managed: true, Principal: 'amazon-elb' },
    TagSet: [],
  });
  expect(await refusal(change(eni, { Groups: [here.closed] }))).toBe('AuthFailure');
  const asked = new DeleteNetworkInterfaceCommand({ NetworkInterfaceId: eni });
  expect(await refusal(ec2.send(asked))).toBe('AuthFailure');
  expect((await describe(host.eni))?.RequesterManaged).toBe(false);
});

test('a group that an interface or the rule of another group names cannot be deleted', async () => {
  const { GroupId: used } = await group('used');
  const { GroupId: named = '' } = await group('named');
  const eni = await addInterface({ Groups: [used] });
  const UserIdGroupPairs = [{ GroupId: named }];
  const IpPermissions = [{ IpProtocol: 'tcp', FromPort: 22, ToPort: 22, UserIdGroupPairs }];
  await ec2.send(new AuthorizeSecurityGroupIngressCommand({ GroupId: here.closed, IpPermissions }));
  expect(await refusal(remove(used))).toBe('DependencyViolation');
  expect(await refusal(remove(named))).toBe('DependencyViolation');
  await ec2.send(new DeleteNetworkInterfaceCommand({ NetworkInterfaceId: eni }));
  await remove(used);
});

test('the name of a group is taken whatever its case, in its VPC only', async () => {
  const far = await place(ec2, '10.40');
  await group('Quarantine');
  expect(await refusal(group('quarantine'))).toBe('InvalidGroup.Duplicate');
  expect(await refusal(group('sg-quarantine'))).toBe('InvalidParameterValue');
  expect(await refusal(group('quarantine', far.vpcId))).toBe('nothing');
});

test('branch interfaces of a trunk can be found', async () => {
  const TrunkInterfaceId = await addInterface();
  const BranchInterfaceId = await addInterface();
  const list = () => ec2.send(new DescribeTrunkInterfaceAssociationsCommand({}));
  expect((await list()).InterfaceAssociations).toEqual([]);
  await ec2.send(new AssociateTrunkInterfaceCommand({ TrunkInterfaceId, BranchInterfaceId }));
  expect((await list()).InterfaceAssociations).toMatchObject([
    { TrunkInterfaceId, BranchInterfaceId },
  ]);
});

test('an address knows the instance behind its interface, and is not guessed among several', async () => {
  const { AllocationId } = await ec2.send(new AllocateAddressCommand({ Domain: 'vpc' }));
  const associate = (where: object) =>
    ec2.send(new AssociateAddressCommand({ AllocationId, ...where }));
  expect(await refusal(associate({ InstanceId: host.id }))).toBe('InvalidInstanceID');
  const once = await associate({ NetworkInterfaceId: host.eni });
  expect(await associate({ NetworkInterfaceId: host.eni })).toMatchObject({
    AssociationId: once.AssociationId,
  });
  const Filters = [{ Name: 'instance-id', Values: [host.id] }];
  expect((await ec2.send(new DescribeAddressesCommand({ Filters }))).Addresses).toMatchObject([
    { AllocationId, InstanceId: host.id, NetworkInterfaceId: host.eni },
  ]);
});

test('a terminated instance has no VPC, interface or address any more; what was attached later stays', async () => {
  await ec2.send(new TerminateInstancesCommand({ InstanceIds: [host.id] }));
  const gone = await look(ec2, host.id);
  expect(gone).toMatchObject({ State: { Name: 'terminated' }, NetworkInterfaces: [] });
  expect([gone.VpcId, gone.PrivateIpAddress, gone.PublicIpAddress]).toEqual([
    undefined,
    undefined,
    undefined,
  ]);
  expect(await refusal(describe(host.eni))).toBe('InvalidNetworkInterfaceID.NotFound');
  expect((await describe(host.second))?.Status).toBe('available');
});

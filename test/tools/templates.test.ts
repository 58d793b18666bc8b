import {
  faultsOf,
  grantFaults,
  oversized,
  sharedRoles,
  statementsOf,
  type Node,
  type Resources,
  type Statement,
} from '../../tools/iam-rules';
import {
  aslFaults,
  errorClassesIn,
  substitutionFaults,
  unknownErrors,
} from '../../tools/workflow-rules';

const statement = (over: Partial<Statement>): Statement => ({
  at: 'Role.Statement[0]',
  effect: 'Allow',
  actions: ['dynamodb:GetItem'],
  resources: ['arn:aws:dynamodb:us-east-1:111122223333:table/t'],
  ...over,
});
const faults = (over: Partial<Statement>) => faultsOf(statement(over));

describe('statements', () => {
  it('are found wherever a template nests them', () => {
    const template: Node = {
      Role: {
        Policies: [
          {
            PolicyDocument: {
              Statement: { Sid: 'One', Effect: 'Allow', Action: 'a:B', Resource: '*' },
            },
          },
        ],
      },
      Queue: { Statement: [{ Effect: 'Deny', Action: ['c:D'], Resource: ['x'] }] },
    };
    expect(statementsOf(template)).toEqual([
      {
        at: 'Role.Policies[0].PolicyDocument.Statement[0] (One)',
        effect: 'Allow',
        actions: ['a:B'],
        resources: ['*'],
      },
      { at: 'Queue.Statement[0]', effect: 'Deny', actions: ['c:D'], resources: ['x'] },
    ]);
  });

  it('pass when they name an action on a resource', async () => {
    expect(await faults({})).toEqual([]);
  });

  it('fail on a slip in the name of an action or a service', async () => {
    expect(await faults({ actions: ['ec2:DescrbeInstances'] })).toEqual([
      'Role.Statement[0]: IAM knows no action ec2:DescrbeInstances',
    ]);
    expect(await faults({ actions: ['ecc2:DescribeInstances'] })).toHaveLength(1);
    expect(await faults({ effect: 'Deny', actions: ['s33:*'] })).toEqual([
      'Role.Statement[0]: there is no service s33',
    ]);
  });

  it('fail on a wildcard that allows, and pass one that denies', async () => {
    for (const action of ['*', 's3:*', 's3:Get*'])
      expect(await faults({ actions: [action] })).toHaveLength(1);
    expect(await faults({ effect: 'Deny', actions: ['s3:*'], resources: ['*'] })).toEqual([]);
  });

  it('may name no resource only where IAM knows none, or where a reason is written down', async () => {
    const onAll = (action: string) => faults({ actions: [action], resources: ['*'] });
    expect(await onAll('ec2:DescribeSecurityGroups')).toEqual([]);
    expect(await onAll('securityhub:BatchUpdateFindings')).toEqual([]);
    expect(await onAll('dynamodb:PutItem')).toHaveLength(1);
  });
});

describe('roles', () => {
  const lambda = (role: Node) => ({ Type: 'AWS::Lambda::Function', Properties: { Role: role } });

  it('are not shared by functions', () => {
    const a = { 'Fn::GetAtt': ['A', 'Arn'] };
    expect(sharedRoles({ F: lambda(a), G: lambda({ 'Fn::GetAtt': ['B', 'Arn'] }) })).toEqual([]);
    expect(sharedRoles({ F: lambda(a), G: lambda(a) })).toHaveLength(1);
    expect(sharedRoles({ F: { Type: 'AWS::Lambda::Function' } })).toHaveLength(1);
  });

  it('fit into what IAM takes', () => {
    const policy = (size: number) => ({ PolicyDocument: { Statement: 'x'.repeat(size) } });
    const role = (size: number, attached = 0) => ({
      R: { Type: 'AWS::IAM::Role', Properties: { Policies: [policy(size)] } },
      P: {
        Type: 'AWS::IAM::RolePolicy',
        Properties: { RoleName: { Ref: 'R' }, ...policy(attached) },
      },
    });
    expect(oversized(role(10_000))).toEqual([]);
    expect(oversized(role(10_300))).toHaveLength(1);
    expect(oversized(role(5000, 6000))).toHaveLength(1);
    const managed = (size: number) => ({
      M: { Type: 'AWS::IAM::ManagedPolicy', Properties: policy(size) },
    });
    expect(oversized(managed(6000))).toEqual([]);
    expect(oversized(managed(6200))).toHaveLength(1);
  });

  it('of the responder hold what is declared, no less and no more', () => {
    const granted = [statement({ actions: ['ec2:A', 'ec2:B', 'sts:AssumeRole'] })];
    expect(grantFaults(granted, ['ec2:A', 'ec2:B'], 'm')).toEqual([]);
    expect(grantFaults(granted, ['ec2:A', 'ec2:C'], 'm')).toEqual([
      'm: ec2:C is missing',
      'm: ec2:B is granted, and no playbook or operation declares it',
    ]);
  });
});

describe('workflows', () => {
  const task = {
    StartAt: 'A',
    States: {
      A: {
        Type: 'Task',
        Resource: '${F}',
        Catch: [{ ErrorEquals: ['Told', 'States.ALL'], Next: 'B' }],
        Next: 'B',
      },
      B: { Type: 'Succeed' },
    },
  };

  it('catch names that AWS gives or that a class of ours has', () => {
    expect(unknownErrors(task, new Set(['Told']))).toEqual([]);
    expect(unknownErrors(task, new Set())).toEqual([
      "ErrorEquals names Told, which is neither AWS's nor a class of src/",
    ]);
    expect(errorClassesIn('export class Told extends Error {}\nclass Box extends Map {}')).toEqual([
      'Told',
    ]);
  });

  it('are valid once their holes are filled', () => {
    expect(aslFaults(JSON.stringify(task))).toEqual([]);
    expect(aslFaults(JSON.stringify({ ...task, StartAt: 'Nowhere' }))).not.toEqual([]);
  });

  it('have each hole filled', () => {
    const machine = (given: Record<string, string>): Resources => ({
      M: {
        Type: 'AWS::StepFunctions::StateMachine',
        Properties: { Definition: task, DefinitionSubstitutions: given },
      },
    });
    expect(substitutionFaults(machine({ F: 'x' }))).toEqual([]);
    expect(substitutionFaults(machine({ G: 'x' }))).toEqual([
      'M: nothing fills F',
      'M: G fills nothing',
    ]);
  });
});

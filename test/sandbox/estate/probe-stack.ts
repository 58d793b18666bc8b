// A function that does as it is told, behind each of the ways in which the product's functions are started.
const code = `
class NotAllowed extends Error { constructor() { super('not you'); this.name = 'NotAllowed'; } }
let calls = 0;
const seen = [];
exports.handler = async (event) => {
  calls += 1;
  if (event.boom) throw new NotAllowed();
  if (!event.Records) return { calls, seen };
  const failures = [];
  for (const record of event.Records) {
    const key = record.dynamodb.Keys.pk.S;
    seen.push(key);
    const again = key.startsWith('poison') || (key.startsWith('once') && seen.filter((it) => it === key).length < 2);
    if (again) { failures.push({ itemIdentifier: record.dynamodb.SequenceNumber }); break; }
  }
  return { batchItemFailures: failures };
};`;

const role = { 'Fn::GetAtt': ['Role', 'Arn'] };
const probe = { 'Fn::GetAtt': ['Probe', 'Arn'] };

const fn = (FunctionName: string) => ({
  Type: 'AWS::Lambda::Function',
  Properties: {
    FunctionName,
    Runtime: 'nodejs24.x',
    Handler: 'index.handler',
    Role: role,
    Code: { ZipFile: code },
  },
});

const machine = (StateMachineName: string, StartAt: string, States: object) => ({
  Type: 'AWS::StepFunctions::StateMachine',
  Properties: {
    StateMachineName,
    RoleArn: role,
    Definition: { StartAt, States },
    DefinitionSubstitutions: { Probe: probe },
  },
});

const succeed = { Type: 'Succeed' };

export const template = {
  Resources: {
    Role: {
      Type: 'AWS::IAM::Role',
      Properties: { AssumeRolePolicyDocument: { Version: '2012-10-17', Statement: [] } },
    },
    Probe: fn('probe'),
    Stream: fn('stream'),
    Table: {
      Type: 'AWS::DynamoDB::Table',
      Properties: {
        TableName: 'probe',
        BillingMode: 'PAY_PER_REQUEST',
        AttributeDefinitions: [{ AttributeName: 'pk', AttributeType: 'S' }],
        KeySchema: [{ AttributeName: 'pk', KeyType: 'HASH' }],
        StreamSpecification: { StreamViewType: 'NEW_IMAGE' },
      },
    },
    Parked: { Type: 'AWS::SQS::Queue', Properties: { QueueName: 'parked' } },
    Mapping: {
      Type: 'AWS::Lambda::EventSourceMapping',
      Properties: {
        EventSourceArn: { 'Fn::GetAtt': ['Table', 'StreamArn'] },
        FunctionName: { Ref: 'Stream' },
        StartingPosition: 'TRIM_HORIZON',
        FunctionResponseTypes: ['ReportBatchItemFailures'],
        MaximumRetryAttempts: 1,
        DestinationConfig: { OnFailure: { Destination: { 'Fn::GetAtt': ['Parked', 'Arn'] } } },
      },
    },
    Events: { Type: 'AWS::SQS::Queue', Properties: { QueueName: 'events' } },
    Rule: {
      Type: 'AWS::Events::Rule',
      Properties: {
        EventPattern: { source: ['aws.securityhub'] },
        Targets: [{ Id: 'q', Arn: { 'Fn::GetAtt': ['Events', 'Arn'] } }],
      },
    },
    Catching: machine('catching', 'Fail', {
      Fail: {
        Type: 'Task',
        Resource: 'arn:aws:states:::lambda:invoke',
        Parameters: { FunctionName: '${Probe}', Payload: { boom: true } },
        Catch: [{ ErrorEquals: ['NotAllowed'], ResultPath: '$.error', Next: 'Named' }],
        End: true,
      },
      Named: succeed,
    }),
    Asking: machine('asking', 'Ask', {
      Ask: {
        Type: 'Task',
        Resource: 'arn:aws:states:::lambda:invoke.waitForTaskToken',
        TimeoutSeconds: 60,
        Parameters: { FunctionName: '${Probe}', Payload: { boom: true } },
        Catch: [{ ErrorEquals: ['NotAllowed'], ResultPath: '$.error', Next: 'Named' }],
        End: true,
      },
      Named: succeed,
    }),
    Waiting: machine('waiting', 'Ask', {
      Ask: {
        Type: 'Task',
        Resource: 'arn:aws:states:::lambda:invoke.waitForTaskToken',
        TimeoutSecondsPath: '$.seconds',
        Parameters: { FunctionName: '${Probe}', Payload: {} },
        Catch: [{ ErrorEquals: ['States.Timeout'], ResultPath: '$.error', Next: 'Late' }],
        End: true,
      },
      Late: succeed,
    }),
  },
};

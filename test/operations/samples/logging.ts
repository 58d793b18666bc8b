import type { SetLogGroup } from '../../../src/operations/cloudtrail/set-log-group';
import type { ValidateLogFiles } from '../../../src/operations/cloudtrail/validate-log-files';
import type { CreateFlowLog } from '../../../src/operations/ec2/create-flow-log';
import type { CreateLogGroup } from '../../../src/operations/logs/create-log-group';
import { policyFor, type LogBucketSpec } from '../../../src/operations/s3/log-bucket';
import type { SetBucketLogging } from '../../../src/operations/s3/set-bucket-logging';
import { account, region } from '../../support/builders';
import { MemoryAws, type Handlers } from '../../support/memory-aws';
import { MemoryCloudTrail, trailArn } from '../../support/memory-cloudtrail';
import { MemoryFlowLogs } from '../../support/memory-flow-logs';
import { MemoryLogs } from '../../support/memory-logs';
import { MemoryS3Logging } from '../../support/memory-s3-logging';
import type { Sample } from './sample';

const worldOf = (make: () => { handlers: Handlers }[]) => (): MemoryAws =>
  new MemoryAws(...make().map(({ handlers }) => handlers));

const trail: ValidateLogFiles = { trail: trailArn('main') };
const trailWith = (LogFileValidationEnabled: boolean) =>
  worldOf(() => [new MemoryCloudTrail().trail({ LogFileValidationEnabled })]);

export const validateLogFiles: readonly Sample[] = [
  { name: 'off', input: trail, world: trailWith(false) },
  { name: 'nothing to do', input: trail, world: trailWith(true) },
];

const groupName = '/drawbridge/cloudtrail/main';
const groupArn = `arn:aws:logs:${region}:${account}:log-group:${groupName}:*`;
const attach: SetLogGroup = {
  trail: trailArn('main'),
  logGroup: groupArn,
  role: `arn:aws:iam::${account}:role/DrawbridgeCloudTrailToLogs`,
  replaces: '',
};
const trailAt = (attached: object) =>
  worldOf(() => {
    const logs = new MemoryLogs().group(groupName);
    return [new MemoryCloudTrail(logs).trail(attached), logs];
  });

/** A log group that is gone cannot be attached again, so that case has a test of its own. */
export const setLogGroup: readonly Sample[] = [
  { name: 'attached to nothing', input: attach, world: trailAt({}) },
  {
    name: 'nothing to do',
    input: attach,
    world: trailAt({ CloudWatchLogsLogGroupArn: groupArn, CloudWatchLogsRoleArn: attach.role }),
  },
];

const year: CreateLogGroup = { name: groupName, retention: 365 };

export const createLogGroup: readonly Sample[] = [
  { name: 'no such group', input: year, world: worldOf(() => [new MemoryLogs()]) },
  {
    name: 'beside groups whose names begin the same',
    input: year,
    world: worldOf(() => [new MemoryLogs().group(`${groupName}-2`, { retention: 7 })]),
  },
  {
    name: 'an empty group that is kept for ever',
    input: year,
    world: worldOf(() => [new MemoryLogs().group(groupName)]),
  },
  {
    name: 'nothing to do: a group with events, whatever its retention',
    input: year,
    world: worldOf(() => [
      new MemoryLogs().group(groupName, { streams: ['stream'], storedBytes: 5 }),
    ]),
  },
];

const flow: CreateFlowLog = {
  vpc: 'vpc-1',
  logGroup: '/drawbridge/flow-logs/vpc-1',
  role: `arn:aws:iam::${account}:role/DrawbridgeFlowLogs`,
};
const vpc = () => new MemoryFlowLogs().vpc('vpc-1');

export const createFlowLog: readonly Sample[] = [
  { name: 'none', input: flow, world: worldOf(() => [vpc()]) },
  {
    name: 'beside others',
    input: flow,
    world: worldOf(() => [
      vpc()
        .flowLog('vpc-1', { TrafficType: 'ACCEPT', LogGroupName: 'other' })
        .flowLog('vpc-2', { LogGroupName: flow.logGroup }),
    ]),
  },
  {
    name: 'nothing to do',
    input: flow,
    world: worldOf(() => [vpc().flowLog('vpc-1', { LogGroupName: flow.logGroup })]),
  },
];

const spec: LogBucketSpec = { name: 'trail-logs-access', source: 'trail-logs', account, region };
const blocked = {
  BlockPublicAcls: true,
  IgnorePublicAcls: true,
  BlockPublicPolicy: true,
  RestrictPublicBuckets: true,
};

export const createLogBucket: readonly Sample[] = [
  { name: 'no such bucket', input: spec, world: worldOf(() => [new MemoryS3Logging()]) },
  {
    name: 'no such bucket in us-east-1',
    input: { ...spec, region: 'us-east-1' },
    world: worldOf(() => [new MemoryS3Logging()]),
  },
  {
    name: 'nothing to do',
    input: spec,
    world: worldOf(() => [
      new MemoryS3Logging().bucket(spec.name, { block: blocked, policy: policyFor(spec) }),
    ]),
  },
];

const logging: SetBucketLogging = {
  bucket: 'trail-logs',
  account,
  logBucket: spec.name,
  prefix: 'trail-logs/',
};
const buckets = (on: boolean) =>
  worldOf(() => [
    new MemoryS3Logging().bucket(spec.name).bucket('trail-logs', {
      logging: on ? { TargetBucket: spec.name, TargetPrefix: logging.prefix } : undefined,
    }),
  ]);

export const setBucketLogging: readonly Sample[] = [
  { name: 'off', input: logging, world: buckets(false) },
  { name: 'nothing to do', input: logging, world: buckets(true) },
];

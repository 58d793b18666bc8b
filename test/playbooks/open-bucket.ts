import type { Plan, Planned } from '../../src/domain/plan';
import { Target } from '../../src/domain/target';
import { blockS3BucketPublicAccess as playbook } from '../../src/playbooks/block-s3-bucket-public-access/playbook';
import { account, anAsked, region } from '../support/builders';
import { MemoryS3, type MemoryBucket } from '../support/memory-s3';
import { memoryS3Control, type AccountBlocks } from '../support/memory-s3-control';

export const name = 'acme-assets';
export const target = Target.parse({ kind: 'AwsS3Bucket', id: name, account, region });
export const all = {
  BlockPublicAcls: true,
  IgnorePublicAcls: true,
  BlockPublicPolicy: true,
  RestrictPublicBuckets: true,
};
const arn = (key: string) => `arn:aws:s3:::${name}${key}`;

export const anyone = {
  Sid: 'Public',
  Effect: 'Allow',
  Principal: '*',
  Action: 's3:GetObject',
  Resource: arn('/*'),
};
export const partner = {
  ...anyone,
  Sid: 'Partner',
  Principal: { AWS: 'arn:aws:iam::999988887777:root' },
};
export const own = {
  ...anyone,
  Sid: 'Own',
  Principal: { AWS: [account, `arn:aws:iam::${account}:role/app`] },
};
export const trail = {
  ...anyone,
  Sid: 'Trail',
  Principal: { Service: 'cloudtrail.amazonaws.com' },
  Action: 's3:PutObject',
};
export const tls = {
  ...anyone,
  Sid: 'Tls',
  Effect: 'Deny',
  Condition: { Bool: { 'aws:SecureTransport': 'false' } },
};

export const policyOf = (isPublic: boolean, ...Statement: object[]): Partial<MemoryBucket> => ({
  policy: JSON.stringify({ Version: '2012-10-17', Statement }),
  isPublic,
});

export const worldWith = (bucket: Partial<MemoryBucket>, accountBlock?: AccountBlocks) => {
  const s3 = new MemoryS3(memoryS3Control(accountBlock ?? new Map()));
  s3.bucket(name, { region, ...bucket });
  return s3;
};

export const look = async (s3: MemoryS3, control?: string): Promise<Planned> => {
  const asked = anAsked({ target, ...(control && { control }) });
  return playbook.plan(await playbook.read(s3, asked), asked);
};

export const planOf = async (...given: Parameters<typeof look>): Promise<Plan> => {
  const planned = await look(...given);
  if (planned.kind !== 'plan') throw new Error(`${planned.kind}: ${planned.because}`);
  return planned.plan;
};

export const accessOf = ({ effects }: Plan) =>
  effects
    .filter(({ after }) => after !== 'on')
    .map(({ what, before, after }) => [what, before, after]);

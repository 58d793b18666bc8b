import {
  criterionOf,
  nameOf,
  type FindingsFilter,
} from '../../../src/operations/macie2/create-findings-filter';
import { withDenial, type DenyObjectRead } from '../../../src/operations/s3/object-denial';
import type { SetBucketEncryption } from '../../../src/operations/s3/set-bucket-encryption';
import type { TagObject } from '../../../src/operations/s3/tag-object';
import { account } from '../../support/builders';
import { MemoryAws } from '../../support/memory-aws';
import { aFilter, memoryMacie } from '../../support/memory-macie';
import { anObject, MemoryS3, type MemoryBucket } from '../../support/memory-s3';
import type { Sample } from './sample';

const name = 'acme-exports';
const key = 'hr/2026/people.csv';
const kmsKey = `arn:aws:kms:eu-west-1:${account}:key/0a1b2c3d-0000-4444-8888-000000000001`;

const world = (more: Partial<MemoryBucket>) => () => {
  const s3 = new MemoryS3();
  // Each world is new: what a test changes must not stay for the next.
  s3.bucket(name, structuredClone(more));
  return s3;
};

export const denial: DenyObjectRead = {
  bucket: name,
  key,
  account,
  partition: 'aws',
  except: [`arn:aws:iam::${account}:role/DrawbridgeResponder`],
};

const others = {
  Version: '2012-10-17',
  Id: 'acme',
  Statement: [
    { Sid: 'Tls', Effect: 'Deny', Principal: '*', Action: 's3:*', Resource: '*', Condition: {} },
    { Effect: 'Allow', Principal: { AWS: account }, Action: ['s3:GetObject'], Resource: '*' },
  ],
};
const documentOf = (text: string) => JSON.parse(text) as typeof others;

export const denyObjectRead: readonly Sample[] = [
  { name: 'no policy at all', input: denial, world: world({}) },
  {
    name: 'a policy of others',
    input: denial,
    world: world({ policy: JSON.stringify(others) }),
  },
  {
    name: 'a policy of one statement that is no list',
    input: denial,
    world: world({ policy: JSON.stringify({ ...others, Statement: others.Statement[0] }) }),
  },
  {
    name: 'another object is denied already',
    input: denial,
    world: world({ policy: withDenial(undefined, { ...denial, key: 'hr/other.csv' }) }),
  },
  {
    name: 'nothing to do',
    input: denial,
    world: world({
      policy: withDenial(
        { statements: documentOf(JSON.stringify(others)).Statement, rest: { Id: 'acme' } },
        denial,
      ),
    }),
  },
];

const tag: TagObject = { bucket: name, key, account, name: 'drawbridge:quarantined', value: 'x' };
const withObject = (more: Parameters<typeof anObject>[0]) =>
  world({ objects: { [key]: anObject(more) } });

export const tagObject: readonly Sample[] = [
  { name: 'no tags', input: tag, world: withObject({}) },
  { name: 'tags of others', input: tag, world: withObject({ tags: { owner: 'hr' } }) },
  { name: 'another value', input: tag, world: withObject({ tags: { [tag.name]: 'y', a: 'b' } }) },
  { name: 'nothing to do', input: tag, world: withObject({ tags: { [tag.name]: 'x' } }) },
  { name: 'an object that is gone', input: tag, world: world({}) },
  { name: 'an object that was deleted', input: tag, world: withObject({ deleted: true }) },
];

const encryption: SetBucketEncryption = { bucket: name, account, key: kmsKey };
const { key: _, ...withoutKey } = encryption;
const sseS3 = { ApplyServerSideEncryptionByDefault: { SSEAlgorithm: 'AES256' as const } };
const kms = {
  ApplyServerSideEncryptionByDefault: { SSEAlgorithm: 'aws:kms' as const, KMSMasterKeyID: kmsKey },
  BucketKeyEnabled: true,
};

export const setBucketEncryption: readonly Sample[] = [
  { name: 'no setting, SSE-S3', input: withoutKey, world: world({}) },
  { name: 'no setting, a key', input: encryption, world: world({}) },
  { name: 'SSE-S3, a key', input: encryption, world: world({ encryption: [sseS3] }) },
  {
    name: 'SSE-S3 with more to it, a key',
    input: encryption,
    world: world({
      encryption: [
        {
          ...sseS3,
          BucketKeyEnabled: false,
          BlockedEncryptionTypes: { EncryptionType: ['SSE-C'] },
        },
      ],
    }),
  },
  { name: 'nothing to do', input: encryption, world: world({ encryption: [kms] }) },
  { name: 'a key where none is asked', input: withoutKey, world: world({ encryption: [kms] }) },
];

const filter: FindingsFilter = { type: 'SensitiveData:S3Object/Personal', bucket: name, key };
const ofAll: FindingsFilter = { type: 'Policy:IAMUser/S3BucketPublic', bucket: name };
const others3 = () => ['a', 'b', 'c'].map((id) => [id, aFilter({ name: id })] as const);

export const createFindingsFilter: readonly Sample[] = [
  { name: 'one object', input: filter, world: () => new MemoryAws(memoryMacie()) },
  {
    name: 'a whole bucket, among others',
    input: ofAll,
    world: () => new MemoryAws(memoryMacie(new Map(others3()))),
  },
  {
    name: 'nothing to do',
    input: filter,
    world: () =>
      new MemoryAws(
        memoryMacie(
          new Map([
            ...others3(),
            [
              'ours',
              aFilter({
                name: nameOf(filter),
                findingCriteria: { criterion: criterionOf(filter) },
              }),
            ],
          ]),
        ),
      ),
  },
];

import { randomUUID } from 'node:crypto';
import type {
  CreateAllowListCommandOutput,
  GetAllowListCommandOutput,
  ListAllowListsCommandOutput,
} from '@aws-sdk/client-macie2';
import { HeadObjectCommand } from '@aws-sdk/client-s3';
import { z } from 'zod';
import type { Answer, Call, Done } from '../http/call';
import { Fault } from '../http/fault';
import { page } from '../http/paging';
import { parse } from '../http/parse';
import { found, requireMacie, type AllowList } from './state';

const fault = 'ValidationException';
const most = 10;
const CreateRequest = z.object({
  clientToken: z.string(),
  name: z.string().min(1).max(128),
  description: z.string().max(512).optional(),
  tags: z.record(z.string(), z.string()).default({}),
  criteria: z
    .object({
      regex: z.string().min(1).max(512).optional(),
      s3WordsList: z
        .object({ bucketName: z.string().min(3), objectKey: z.string().min(1) })
        .optional(),
    })
    .refine(({ regex, s3WordsList }) => (regex === undefined) !== (s3WordsList === undefined), {
      error: 'must have either regex or s3WordsList',
    }),
});

export function createAllowList(call: Call): Answer<CreateAllowListCommandOutput> {
  const macie = requireMacie(call);
  const { name, description, tags, criteria } = parse(CreateRequest, call.body, fault);
  if (macie.allowLists.size >= most) {
    throw new Fault('ServiceQuotaExceededException', `At most ${most} allow lists`);
  }
  const { regex, s3WordsList } = criteria;
  try {
    if (regex !== undefined) RegExp(regex, 'u');
  } catch (error) {
    throw new Fault(fault, `The regex is not valid: ${String(error)}`);
  }
  const id = randomUUID();
  const arn = `arn:aws:macie2:${macie.region}:${macie.account}:allow-list/${id}`;
  macie.allowLists.set(id, {
    id,
    arn,
    name,
    description,
    criteria: {
      ...(regex === undefined ? {} : { regex }),
      ...(s3WordsList === undefined ? {} : { s3WordsList }),
    },
    tags,
    createdAt: call.world.now().toISOString(),
  });
  return { id, arn };
}

/** Asked of S3 each time: a list whose object went away says so. */
async function codeOf(call: Call, { criteria }: AllowList) {
  if (!criteria.s3WordsList) return 'OK' as const;
  const { bucketName: Bucket, objectKey: Key } = criteria.s3WordsList;
  try {
    const { ContentLength } = await call.world.s3.send(new HeadObjectCommand({ Bucket, Key }));
    return ContentLength === 0 ? ('S3_OBJECT_EMPTY' as const) : ('OK' as const);
  } catch {
    return 'S3_OBJECT_NOT_FOUND' as const;
  }
}

export async function getAllowList(call: Call): Promise<Answer<GetAllowListCommandOutput>> {
  const list = found(requireMacie(call).allowLists, call.params['id']);
  return { ...list, updatedAt: list.createdAt, status: { code: await codeOf(call, list) } };
}

export function listAllowLists(call: Call): Answer<ListAllowListsCommandOutput> {
  const all = [...requireMacie(call).allowLists.values()].map((list) => ({
    id: list.id,
    arn: list.arn,
    name: list.name,
    description: list.description,
    createdAt: list.createdAt,
    updatedAt: list.createdAt,
  }));
  const token = call.query.get('nextToken') ?? undefined;
  const size = Number(call.query.get('maxResults') ?? 25);
  const { items, nextToken } = page(all, { token, size, query: null, fault });
  return { allowLists: items, ...(nextToken ? { nextToken } : {}) };
}

export function deleteAllowList(call: Call): Done {
  const { allowLists } = requireMacie(call);
  allowLists.delete(found(allowLists, call.params['id']).id);
  return {};
}

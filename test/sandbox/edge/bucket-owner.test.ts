import { BucketOwners } from '../../../sandbox/edge/bucket-owner';
import { startUpstream } from './upstream';

test('a service finds a bucket in whichever account has it, and asks only once', async () => {
  const ministack = await startUpstream();
  const owners = new BucketOwners(ministack.url, () => ['111122223333', '444455556666']);
  expect(await owners.ownerOf('raw')).toBe('111122223333');
  expect(await owners.ownerOf('raw')).toBe('111122223333');
  expect(ministack.seen).toHaveLength(1);
  ministack.reply(404, 'text/xml', '');
  expect(await owners.ownerOf('nobodys')).toBeUndefined();
  await ministack.close();
});

/** Access key of the sandbox's AWS services (Macie), which may read the buckets of every account. */
export const serviceKey = 'SANDBOXSERVICE';

/** Finds which account a bucket belongs to: bucket names are global, MiniStack keeps them by account. */
export class BucketOwners {
  private readonly known = new Map<string, string>();
  private readonly ministack: string;
  private readonly accounts: () => readonly string[];

  constructor(ministack: string, accounts: () => readonly string[]) {
    this.ministack = ministack;
    this.accounts = accounts;
  }

  async ownerOf(bucket: string): Promise<string | undefined> {
    const known = this.known.get(bucket);
    if (known) return known;
    for (const account of this.accounts()) {
      const { ok } = await fetch(`${this.ministack}/${bucket}`, {
        method: 'HEAD',
        headers: {
          authorization: `AWS4-HMAC-SHA256 Credential=${account}/20260101/us-east-1/s3/aws4_request, SignedHeaders=host, Signature=0`,
        },
      });
      if (!ok) continue;
      this.known.set(bucket, account);
      return account;
    }
    return undefined;
  }
}

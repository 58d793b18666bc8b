import { randomUUID } from 'node:crypto';
import { gzipSync } from 'node:zlib';
import { PutObjectCommand, type S3Client } from '@aws-sdk/client-s3';
import type { MacieAccount } from './state';

const perFile = 1000;

/** Discovery results of one job and account: a JSON line per object, in gzip files of bounded size. */
export class DiscoveryResults {
  private lines: string[] = [];
  private file = randomUUID();
  private readonly s3: S3Client;
  private readonly macie: MacieAccount;
  private readonly jobId: string;
  private readonly account: string;

  constructor(s3: S3Client, macie: MacieAccount, jobId: string, account: string) {
    this.s3 = s3;
    this.macie = macie;
    this.jobId = jobId;
    this.account = account;
  }

  private get key(): string {
    const prefix = this.macie.export.s3Destination?.keyPrefix ?? '';
    const { account, region } = this.macie;
    const folder = `AWSLogs/${account}/Macie/${region}/${this.jobId}/${this.account}`;
    const start = prefix === '' || prefix.endsWith('/') ? prefix : `${prefix}/`;
    return `${start}${folder}/${this.file}.jsonl.gz`;
  }

  /** Where the next record will be; real findings say this too where no export is configured. */
  get location(): string {
    const bucket = this.macie.export.s3Destination?.bucketName ?? '[export-config-not-set]';
    return `s3://${bucket}/${this.key}`;
  }

  async add(record: object): Promise<void> {
    if (!this.macie.export.s3Destination) return;
    this.lines.push(JSON.stringify(record));
    if (this.lines.length >= perFile) await this.flush();
  }

  async flush(): Promise<void> {
    const Bucket = this.macie.export.s3Destination?.bucketName;
    if (this.lines.length === 0 || Bucket === undefined) return;
    const Body = gzipSync(`${this.lines.join('\n')}\n`);
    const ContentType = 'application/gzip';
    await this.s3.send(new PutObjectCommand({ Bucket, Key: this.key, Body, ContentType }));
    this.lines = [];
    this.file = randomUUID();
  }
}

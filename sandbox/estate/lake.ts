import { gzipSync } from 'node:zlib';

import { PutObjectCommand, S3Client } from '@aws-sdk/client-s3';

import type { ClientSettings } from '../stack';
import { zipOf } from './zip';

/** One file that waits in the gate's raw bucket, and what Macie can find out about it. */
export interface LakeFile {
  readonly key: string;
  readonly body: string | Buffer;
  readonly is: 'clean' | 'sensitive' | 'unproven';
  readonly tags?: Readonly<Record<string, string>>;
  readonly metadata?: Readonly<Record<string, string>>;
  readonly contentType?: string;
}

// Test numbers of the card networks, and social security numbers that were never people's.
const cards = ['4111111111111111', '5555555555554444', '378282246310005', '6011111111111117'];
const ssns = ['219-09-9998', '457-55-5463', '078-05-1121', '408-27-1934'];
const names = ['Ada Sample', 'Ben Example', 'Cleo Testcase', 'Dan Placeholder'];
// One digit off: no check digit fits. And areas and groups that are never issued.
const noCards = ['4111111111111112', '5555555555554443', '378282246310004', '6011111111111118'];
const noSsns = ['000-12-3456', '666-12-3456', '219-00-9998', '219-09-0000'];

const at = <T>(of: readonly T[], index: number): T | undefined => of[index % of.length];
const lines = (count: number, line: (index: number) => string): string =>
  Array.from({ length: count }, (_, index) => `${line(index)}\n`).join('');
const table = (head: string, count: number, line: (index: number) => string): string =>
  `${head}\n${lines(count, line)}`;

const withCards = (count: number) =>
  table('order,customer,card_number,amount', count, (n) =>
    [1000 + n, at(names, n), at(cards, n), (19.9 + n).toFixed(2)].join(','),
  );

/** Bytes that look random, are the same each time, and are no text. */
const noise = Buffer.from(
  Array.from({ length: 4096 }, (_, n) => (n % 64 === 0 ? 0 : (n * 2_654_435_761) >>> 24)),
);

const ten = Object.fromEntries(
  ['team', 'source', 'owner', 'region', 'retention', 'class', 'cost', 'project', 'tier', 'seq'].map(
    (name, index) => [name, `value ${index}`],
  ),
);

/** Everything that a gate has to tell apart. Cards, numbers and addresses are fakes. */
export const lake: readonly LakeFile[] = [
  {
    key: 'catalogue/products.csv',
    body: table('sku,title,price', 30, (n) => `SKU-${n},Product ${n},${(9.5 + n).toFixed(2)}`),
    is: 'clean',
    tags: { team: 'catalogue', class: 'public' },
    metadata: { source: 'erp', batch: '4711' },
    contentType: 'text/csv',
  },
  {
    key: 'catalogue/categories.json',
    body: JSON.stringify({ categories: ['garden', 'kitchen', 'office'] }),
    is: 'clean',
  },
  {
    key: 'orders/2026/11/orders.jsonl',
    body: lines(50, (n) => JSON.stringify({ order: 1000 + n, items: 1 + (n % 4), total: 9.5 + n })),
    is: 'clean',
  },
  {
    key: 'logs/import.log',
    body: lines(20, (n) => `import of ${n} products finished`),
    is: 'clean',
  },
  {
    key: 'logs/2026-11-24.log.gz',
    body: gzipSync(lines(200, (n) => `GET /products/${n} 200`)),
    is: 'clean',
  },
  {
    key: 'archive/labels.zip',
    body: zipOf({ 'labels.txt': 'small\nlarge\n', 'sizes.csv': 'size,cm\nsmall,20\nlarge,60\n' }),
    is: 'clean',
  },
  // Looks like cards and social security numbers, and is none.
  {
    key: 'orders/lookalikes.csv',
    body: table('order,card number,ssn', 24, (n) => `${n},${at(noCards, n)},${at(noSsns, n)}`),
    is: 'clean',
  },
  {
    key: 'payments/2026/11/export.csv',
    body: withCards(120),
    is: 'sensitive',
    tags: ten,
    metadata: { source: 'payments' },
    contentType: 'text/csv',
  },
  {
    key: 'payments/2026/11/refunds.jsonl',
    body: lines(12, (n) => JSON.stringify({ refund: n, credit_card: at(cards, n) })),
    is: 'sensitive',
  },
  {
    key: 'hr/employees.json',
    body: JSON.stringify(names.map((name, n) => ({ name, ssn: at(ssns, n) }))),
    is: 'sensitive',
    tags: { team: 'hr' },
  },
  {
    key: 'support/ticket-8812.txt',
    body: `The customer wrote: my card is ${cards[0]}, my social security number ${ssns[1]}.\n`,
    is: 'sensitive',
  },
  {
    key: 'newsletter/subscribers.csv',
    body: table('name,address', 40, (n) => `${at(names, n)},reader-${n}@mail.example.com`),
    is: 'sensitive',
  },
  {
    key: 'payments/2025.csv.gz',
    body: gzipSync(withCards(40)),
    is: 'sensitive',
  },
  {
    key: 'archive/2025.zip',
    body: zipOf({ 'readme.txt': 'Exports of 2025\n', 'cards.csv': withCards(15) }),
    is: 'sensitive',
  },
  // A name that must stay a name wherever it is shown, and a link nowhere.
  {
    key: 'inbox/<!channel> <https://evil.example|invoice> *100%*+1 `?`.txt',
    body: `Paid with card ${cards[1]}\n`,
    is: 'sensitive',
    tags: { 'from: @here/team': 'a+b=c d' },
  },
  { key: 'scans/passport.bin', body: noise, is: 'unproven' },
  {
    key: 'archive/broken.zip',
    body: zipOf({ 'cards.csv': withCards(15) }).subarray(0, 300),
    is: 'unproven',
  },
];

/** Puts these files into the raw bucket, as the teams that deliver data would. */
export const fillRaw = async (
  settings: ClientSettings,
  Bucket: string,
  files: readonly LakeFile[] = lake,
): Promise<void> => {
  const s3 = new S3Client(settings);
  await Promise.all(
    files.map(({ key: Key, body: Body, tags, metadata, contentType: ContentType }) =>
      s3.send(
        new PutObjectCommand({
          Bucket,
          Key,
          Body,
          ...(ContentType && { ContentType }),
          ...(metadata && { Metadata: { ...metadata } }),
          ...(tags && { Tagging: new URLSearchParams({ ...tags }).toString() }),
        }),
      ),
    ),
  );
};

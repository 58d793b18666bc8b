import { parseArgs } from 'node:util';
import { botAccount } from '../sandbox/estate/accounts';
import { asAccount, stage as sandboxStage } from '../sandbox/stack';
import { judge, type Judgement } from './audit-chain';
import { asCommand } from './command';
import { AuditReader, placesOf, type Settings } from './audit-read';

const usage = `npm run audit:verify -- <case or remediation id> | --all   proves that an audit trail is whole

  --sandbox         the running sandbox (npm start) instead of the shell's account
  --stage NAME      the stack drawbridge-NAME; default prod
  --table NAME      default: the environment's TABLE, else the stack's output TableName
  --bucket NAME     default: the environment's AUDIT_BUCKET, else the stack's output AuditBucketName`;

/** One line of answer for one chain. */
export const words = (of: string, judgement: Judgement): string => {
  if (!judgement.ok) return `${of}: BROKEN at link ${judgement.seq}: ${judgement.because}`;
  const { links, head, onTheirWay, lockEnded } = judgement;
  const notes = [
    ...(onTheirWay > 0 ? [`${onTheirWay} on the way to the bucket`] : []),
    ...(lockEnded > 0 ? [`${lockEnded} whose retention has ended`] : []),
  ];
  return [`${of}: ok, ${links} ${links === 1 ? 'link' : 'links'}, head ${head}`, ...notes].join(
    ', ',
  );
};

const sandboxSettings = (): Settings => {
  // The edge's port is the one after the first.
  const port = Number(process.env['DRAWBRIDGE_PORT'] ?? 4000) + 1;
  return asAccount(`http://127.0.0.1:${port}`, botAccount);
};

const main = async (): Promise<number> => {
  const { values, positionals } = parseArgs({
    allowPositionals: true,
    options: {
      all: { type: 'boolean', default: false },
      sandbox: { type: 'boolean', default: false },
      stage: { type: 'string' },
      table: { type: 'string' },
      bucket: { type: 'string' },
    },
  });
  const [id] = positionals;
  if (!values.all && !id) {
    console.error(usage);
    return 2;
  }
  const settings: Settings = values.sandbox ? sandboxSettings() : {};
  const stack = `drawbridge-${values.stage ?? (values.sandbox ? sandboxStage : 'prod')}`;
  const table = values.table ?? process.env['TABLE'];
  const bucket = values.bucket ?? process.env['AUDIT_BUCKET'];
  const places = table && bucket ? { table, bucket } : undefined;
  const found = places ?? {
    ...(await placesOf(settings, stack)),
    ...(table && { table }),
    ...(bucket && { bucket }),
  };
  const reader = new AuditReader(settings, found);
  const cases = values.all ? await reader.cases() : [await reader.caseOf(id ?? '')];
  let broken = 0;
  for (const each of cases) {
    const judgement = judge(await reader.chain(each), new Date());
    if (!judgement.ok) broken += 1;
    (judgement.ok ? console.log : console.error)(words(each, judgement));
  }
  if (values.all) console.log(`${cases.length} chains, ${broken} broken`);
  return broken > 0 ? 1 : 0;
};

if (require.main === module) void asCommand(main);

import { build, type BuildOptions } from 'esbuild';
import { parse } from 'yaml';
import {
  filesIn,
  foldersOf,
  importsOf,
  linesOf,
  nameOf,
  root,
  roomOf,
  textOf,
} from '../tools/source';

const product = filesIn('src', 'blocks', 'handlers').filter((file) => file.endsWith('.ts'));
const code = [...product, ...filesIn('sandbox', 'test', 'tools', 'bench')].filter((file) =>
  /\.(tsx?|[cm]js|css|py)$/.test(file),
);
const withoutComments = (text: string): string =>
  text.replace(/\/\*[\s\S]*?\*\//g, '').replace(/(^|\s)\/\/.*$/gm, '');

/** Files whose text matches, each with the first match: the message of a failed test. */
const finding = (files: readonly string[], pattern: RegExp): string[] =>
  files.flatMap((file) => {
    const found = pattern.exec(withoutComments(textOf(file)));
    return found ? [`${file}: ${found[0].trim()}`] : [];
  });

/**
 * What a room may import besides its own files. `type x` allows types only: they cost nothing in a bundle and bind
 * nothing at run time. Imports point one way: handlers → compose → aws, slack → app → playbooks, findings → domain.
 */
const allowed: Record<string, readonly string[]> = {
  domain: ['zod/mini', 'node:crypto'],
  findings: ['domain', 'zod/mini', 'node:crypto'],
  operations: ['domain', 'type @aws-sdk/', 'zod/mini'],
  playbooks: ['domain', 'operations', 'type @aws-sdk/', 'zod/mini'],
  app: ['domain', 'findings', 'type playbooks', 'type operations', 'zod/mini', 'node:crypto'],
  aws: [
    'domain',
    'app',
    'type operations',
    '@aws-sdk/',
    '@aws-lambda-powertools/metrics',
    'zod/mini',
    'node:crypto',
    'node:stream',
    'node:util',
    'node:zlib',
  ],
  blocks: ['domain', 'type app', '@slack/types', 'zod/mini', 'node:zlib'],
  slack: ['domain', 'app', 'blocks', '@slack/', 'zod/mini', 'node:crypto'],
  config: ['domain', 'zod/mini'],
  handlers: [
    'compose',
    'app',
    'slack',
    'aws',
    'findings',
    'type aws-lambda',
    '@aws-lambda-powertools/',
    '@aws-sdk/util-dynamodb',
  ],
  'yml.d': ['domain'],
};

const isRelative = (from: string): boolean => /^(src|blocks|handlers|config)\//.test(from);

const forbidden = (file: string): string[] => {
  const room = roomOf(file);
  const rules = allowed[room];
  if (room === 'compose') return [];
  if (!rules) return [`${file}: the room ${room} has no rule`];
  return importsOf(file, textOf(file)).flatMap(({ from, typeOnly }) => {
    const to = isRelative(from) ? roomOf(from) : from;
    const fits = rules.some((rule) => {
      const name = rule.replace(/^type /, '');
      const same = name.endsWith('/') ? to.startsWith(name) : to === name;
      return same && (typeOnly || !rule.startsWith('type '));
    });
    return to === room || fits ? [] : [`${file} imports ${typeOnly ? 'types of ' : ''}${from}`];
  });
};

describe('rooms', () => {
  it('import only what the table allows', () => {
    expect(product.flatMap(forbidden)).toEqual([]);
  });

  it('let no playbook import another', () => {
    const folder = /^src\/playbooks\/([^/]+)\//;
    const crossing = product
      .filter((file) => folder.test(file))
      .flatMap((file) =>
        importsOf(file, textOf(file))
          .filter(
            ({ from }) => folder.test(from) && folder.exec(from)?.[1] !== folder.exec(file)?.[1],
          )
          .map(({ from }) => `${file} imports ${from}`),
      );
    expect(crossing).toEqual([]);
  });

  it('keep the facts of a playbook free of everything but types', () => {
    const heavy = product
      .filter((file) => file.endsWith('/facts.ts'))
      .filter((file) => importsOf(file, textOf(file)).some(({ typeOnly }) => !typeOnly));
    expect(heavy).toEqual([]);
  });

  it('never import the sandbox, tests or tools', () => {
    const outside = product.flatMap((file) =>
      importsOf(file, textOf(file))
        .filter(({ from }) => /^(sandbox|test|tools|bench)\//.test(from))
        .map(({ from }) => `${file} imports ${from}`),
    );
    expect(outside).toEqual([]);
  });

  it('are pure where they decide: no environment, no clock, no chance', () => {
    const pure = product.filter((file) =>
      /^(src\/(domain|findings|playbooks)|blocks)\//.test(file),
    );
    const impure =
      /\bprocess\.env\b|\bDate\.now\(\)|\bnew Date\(\s*\)|\bMath\.random\b|\brandomBytes\b/;
    expect(finding(pure, impure)).toEqual([]);
  });

  it('have names that say what is in them', () => {
    const vague = /^(utils?|helpers?|common|libs?|services?|managers?|misc|shared)$/;
    expect(foldersOf(filesIn('.')).filter((folder) => vague.test(nameOf(folder)))).toEqual([]);
  });
});

describe('files', () => {
  const lengths = product.map((file) => linesOf(textOf(file))).sort((a, b) => a - b);
  const quantile = (q: number) => lengths[Math.ceil(q * lengths.length) - 1] ?? 0;
  const longer = (files: readonly string[], max: number) =>
    files
      .map((file) => ({ file, lines: linesOf(textOf(file)) }))
      .filter(({ lines }) => lines > max)
      .map(({ file, lines }) => `${file}: ${lines} lines`);

  it('have at most 250 lines, handlers at most 30', () => {
    expect(longer(code, 250)).toEqual([]);
    expect(
      longer(
        filesIn('handlers').filter((file) => file.endsWith('.ts')),
        30,
      ),
    ).toEqual([]);
  });

  it('are short as a rule: half have at most 60 lines, nine in ten at most 150', () => {
    expect(quantile(0.5)).toBeLessThanOrEqual(60);
    expect(quantile(0.9)).toBeLessThanOrEqual(150);
  });

  it('do not switch the type checker off', () => {
    const escape =
      /:\s*any\b(?=\s*[;,)=\]>|}&[])|\bas any\b|<any\b|,\s*any\s*[>,]|\bany\[\]|\bas unknown as\b/;
    const comments = /@ts-(ignore|nocheck|expect-error)/;
    expect(finding(product, escape)).toEqual([]);
    expect(product.filter((file) => comments.test(textOf(file)))).toEqual([]);
  });

  it('export names, never a default', () => {
    expect(
      finding(
        product.filter((file) => file !== 'src/yml.d.ts'),
        /^export default\b/m,
      ),
    ).toEqual([]);
  });

  it('speak of no machine and no mirror', () => {
    const machine = /\/(?:work|root)\/|\/home\/[a-z]+\/|--index[-]url|"resolved"\s*:\s*"/;
    const text = filesIn('.').filter((file) => !/\.(png|jpe?g|gif|ico|woff2?|zip)$/.test(file));
    expect(text.filter((file) => machine.test(textOf(file)))).toEqual([]);
  });
});

describe('the bundle of the function that answers people', () => {
  const bundled = async () => {
    const { custom } = parse(textOf('serverless.yml'), { logLevel: 'error' }) as {
      custom: { esbuild: Settings };
    };
    const { plugins, skipRebuild: _, ...settings } = custom.esbuild;
    const result = await build({
      ...settings,
      // As serverless-esbuild sets them for nodejs24.x.
      platform: 'node',
      target: 'node24',
      plugins: require(`${root}/${plugins}`) as NonNullable<BuildOptions['plugins']>,
      entryPoints: ['handlers/slack.ts'],
      absWorkingDir: root,
      outdir: '.esbuild/architecture',
      write: false,
      metafile: true,
      logLevel: 'silent',
    });
    const [output] = Object.values(result.metafile.outputs);
    return {
      bytes: output?.bytes ?? 0,
      inputs: Object.keys(output?.inputs ?? {}),
      text: result.outputFiles[0]?.text ?? '',
    };
  };
  type Settings = Omit<BuildOptions, 'plugins'> & { plugins: string; skipRebuild: boolean };

  it('stays below 350,000 bytes and holds no server, no estate client and no workflow client', async () => {
    const { bytes, inputs } = await bundled();
    const heavy =
      /node_modules\/(undici|express|iconv-lite|mime-db|@aws-sdk\/client-(ec2|s3|sqs|sfn|sts|securityhub|macie2))\//;
    expect(inputs.filter((input) => heavy.test(input))).toEqual([]);
    expect(inputs.filter((input) => /^(sandbox|test)\//.test(input))).toEqual([]);
    expect(bytes).toBeGreaterThan(0);
    expect(bytes).toBeLessThanOrEqual(350_000);
  }, 60_000);

  it('keeps each method of Slack that its files call', async () => {
    const { inputs, text } = await bundled();
    const called = inputs
      .filter((input) => input.startsWith('src/slack/'))
      .flatMap((input) => [...textOf(input).matchAll(/client\.(\w+(?:\.\w+)+)\(/g)])
      .map(([, method = '']) => method);
    expect(called).toContain('views.push');
    expect(called.filter((method) => !text.includes(`"${method}"`))).toEqual([]);
  }, 60_000);
});

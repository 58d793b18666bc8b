import { spawn, spawnSync } from 'node:child_process';
import { mkdtempSync, readdirSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { parse } from 'yaml';
import { sectionsIn } from '../../tools/collect-document';
import { textOf } from '../../tools/source';

const shell = 'infra/documents/collect-linux.sh';
const linux = textOf(shell);
const windows = textOf('infra/documents/collect-windows.ps1');
const template = textOf('infra/member-region.yml');

interface Step {
  name: string;
  action: string;
  precondition: { StringEquals: string[] };
  inputs: { timeoutSeconds: string; runCommand: string[] };
}
interface Template {
  Resources: { DrawbridgeCollect: { Properties: { Content: { mainSteps: Step[] } } } };
}
const { Content } = (parse(template) as Template).Resources.DrawbridgeCollect.Properties;
const steps = Content.mainSteps;
const scriptOf = (step: Step): string => step.inputs.runCommand.join('\n');
const namesOf = (platform: string): string[] =>
  steps.filter(({ name }) => name.startsWith(platform)).map(({ name }) => name.split('-')[1]!);

/** Runs a script as the agent does, in an empty folder, and says what it printed and what it left there. */
const run = async (script: string, seconds: number) => {
  const folder = mkdtempSync(join(tmpdir(), 'collect-'));
  try {
    const child = spawn('sh', ['-c', script], {
      cwd: folder,
      env: { PATH: '/usr/bin:/bin', HOME: folder, TMPDIR: folder },
      timeout: seconds * 1000,
      stdio: ['ignore', 'pipe', 'pipe'],
    });
    let [output, errors] = ['', ''];
    child.stdout.on('data', (part: Buffer) => (output += part.toString('latin1')));
    child.stderr.on('data', (part: Buffer) => (errors += part.toString('latin1')));
    const code = await new Promise<number | null>((resolve) => child.on('close', resolve));
    return { code, output, errors: errors.length, left: readdirSync(folder) };
  } finally {
    rmSync(folder, { recursive: true });
  }
};

/** What each part printed: only its sizes and names go into messages, since a host's own words stand in it. */
const partsOf = (output: string) =>
  output
    .split(/^== (?=[a-z]+\n)/m)
    .slice(1)
    .map((part) => ({ name: part.slice(0, part.indexOf('\n')), size: part.length, text: part }));

describe('the script for Linux', () => {
  it('is a script that a plain shell reads, whole and step by step', () => {
    const check = (script: string) => spawnSync('sh', ['-n'], { input: script }).status;
    expect([linux, ...steps.filter(isLinux).map(scriptOf)].map(check).every((it) => it === 0)).toBe(
      true,
    );
  });

  it('runs to its end here, gives every part, and leaves nothing behind', async () => {
    const { code, output, errors, left } = await run(linux, 60);

    const parts = partsOf(output);
    expect({ code, errors, left }).toEqual({ code: 0, errors: 0, left: [] });
    expect(parts.map(({ name }) => name)).toEqual(namesOf('linux'));
    expect(parts.filter(({ size }) => size > 24_000).map(({ name }) => name)).toEqual([]);
    const of = (name: string) => parts.find((part) => part.name === name)?.text ?? '';
    expect(of('system')).toMatch(/^\d{4}-\d\d-\d\dT\d\d:\d\d:\d\dZ$/m);
    expect(/^\d+ exe=\//m.test(of('executables'))).toBe(true);
    expect(/^[0-9a-f]{64} \d+\/exe \//m.test(of('hashes'))).toBe(true);
  }, 90_000);

  it('is the same in steps, each by itself', async () => {
    const step = steps.find(({ name }) => name === 'linux-mounts')!;
    const { code, output } = await run(scriptOf(step), 20);
    expect([code, partsOf(output).map(({ name }) => name)]).toEqual([0, ['mounts']]);
  });

  it('shows a program that runs and was deleted', async () => {
    const step = steps.find(({ name }) => name === 'linux-executables')!;
    // It is deleted only once it runs: on a busy machine the shell that starts it may be late.
    const script = [
      'cp /bin/sleep ./hidden && { ./hidden 20 & }',
      'until readlink "/proc/$!/exe" | grep -q hidden; do :; done',
      'rm ./hidden',
      scriptOf(step),
      'kill $!',
    ].join('\n');
    const { output } = await run(script, 30);
    const deleted = output.slice(0, output.indexOf('-- all'));
    expect(/exe=\S+hidden \(deleted\) cwd=/.test(deleted)).toBe(true);
  }, 40_000);

  it('ends a part that has too much to say, and says how much it left out', async () => {
    const lines = sectionsIn(linux)[0]?.lines ?? [];
    const head = lines.slice(0, lines.indexOf('system() {')).join('\n');
    const { output } = await run(`${head}\nlong() { yes | head -c 50000; }\npart long`, 20);

    expect(output.length).toBeLessThan(24_000);
    expect(output).toMatch(/\n\[cut by Drawbridge: 27000 bytes more\]\n$/);
  });

  it('writes nowhere, asks nobody and starts nothing', () => {
    const code = linux.replace(/^\s*#.*$/gm, '').replace(/'[^']*'/g, "''");
    const words =
      /(?<![\w/.-])(rm|mv|cp|ln|dd|tee|touch|truncate|mkdir|chmod|chown|mount|umount|kill|pkill|reboot|curl|wget|nc|ssh|scp|aws|apt|yum|dnf|pip|npm|insmod|modprobe|rmmod|sysctl|service|eval|sudo|su|crontab|useradd|passwd)\s/;
    expect(words.exec(code)?.[0]).toBeUndefined();
    expect(code.match(/\bsystemctl\b.*\b(start|stop|enable|restart|kill|mask)\b/)).toBeNull();
    expect(code.match(/>(?!&1|\/dev\/null)/g)).toBeNull();
    expect(code.match(/\/environ\b|shadow\b/)).toBeNull();
  });

  it('speaks ASCII only, which no agent garbles', () => {
    expect(/[^\t\n -~]/.exec(linux + windows)).toBeNull();
  });
});

describe('the script for Windows', () => {
  it('only gets: no verb in it changes, starts or writes', () => {
    const code = windows.replace(/^\s*#.*$/gm, '').replace(/'[^']*'/g, "''");
    const verbs = [...code.matchAll(/\b([A-Z][A-Za-z]+)-[A-Z]\w+/g)].map(([, verb]) => verb);
    const harmless = ['Get', 'Show', 'Select', 'Where', 'Sort', 'ConvertTo', 'ForEach', 'Out'];
    expect([...new Set(verbs)].filter((verb) => !harmless.includes(verb!))).toEqual([]);
    expect(code).not.toMatch(/Out-File|>\s*\$|Invoke-|iex\b|DownloadString/);
    expect(code.match(/\bOut-\w+/g)).toEqual(['Out-String']);
  });

  it('has as many opening as closing braces in each of its parts', () => {
    for (const step of steps.filter((each) => !isLinux(each))) {
      const text = scriptOf(step);
      for (const [open, close] of ['{}', '()', '[]'].map((pair) => [pair[0]!, pair[1]!] as const))
        expect([step.name, text.split(open).length]).toEqual([step.name, text.split(close).length]);
    }
  });
});

describe('the document', () => {
  it('asks the most fleeting first: memory and network before disk', () => {
    for (const platform of ['linux', 'windows']) {
      const names = namesOf(platform);
      const order = ['sockets', 'processes', 'network', 'persistence', 'hashes'];
      expect(names.filter((name) => order.includes(name))).toEqual(order);
      expect(names.at(-1)).toBe('hashes');
    }
  });

  it('runs each step on its own system only, and ends each within a minute', () => {
    for (const { name, action, precondition, inputs } of steps) {
      expect(name).toMatch(/^(linux|windows)-[a-z]+$/);
      const isShell = action === 'aws:runShellScript';
      expect(precondition.StringEquals).toEqual(['platformType', isShell ? 'Linux' : 'Windows']);
      expect(Number(inputs.timeoutSeconds)).toBeGreaterThanOrEqual(10);
      expect(Number(inputs.timeoutSeconds)).toBeLessThanOrEqual(60);
    }
    expect(new Set(steps.map(({ name }) => name)).size).toBe(steps.length);
  });

  it('takes no parameters, so that nothing can be slipped into it', () => {
    expect(Object.keys(Content)).toEqual(['schemaVersion', 'description', 'mainSteps']);
    expect(JSON.stringify(Content)).not.toMatch(/\{\{/);
  });

  it('fits into what CloudFormation and Systems Manager take', () => {
    expect(Buffer.byteLength(template)).toBeLessThanOrEqual(51_200);
    expect(Buffer.byteLength(JSON.stringify(Content))).toBeLessThanOrEqual(64 * 1024);
  });

  it('is the one that the operation asks for', () => {
    expect(textOf('src/operations/evidence/collect-host.ts')).toContain("'Drawbridge-Collect'");
    expect(template).toContain('Name: Drawbridge-Collect');
  });
});

function isLinux({ name }: Step): boolean {
  return name.startsWith('linux-');
}

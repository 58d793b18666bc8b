import { build, type Plugin } from 'esbuild';
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { root, textOf } from '../../tools/source';

const plugins = require('../../tools/esbuild-plugins.cjs') as Plugin[];
const folder = mkdtempSync(join(tmpdir(), 'drawbridge-policy-'));
afterAll(() => rmSync(folder, { recursive: true }));
afterEach(() => delete process.env.DRAWBRIDGE_CONFIG);

const bundleWith = async (text: string): Promise<string> => {
  process.env.DRAWBRIDGE_CONFIG = join(folder, 'policy.yml');
  writeFileSync(process.env.DRAWBRIDGE_CONFIG, text);
  const { outputFiles } = await build({
    stdin: { contents: "export { default } from './config/drawbridge.yml'", resolveDir: root },
    plugins: plugins.filter(({ name }) => name === 'policy'),
    bundle: true,
    format: 'cjs',
    write: false,
    logLevel: 'silent',
  });
  return outputFiles[0]!.text;
};
const given = textOf('config/drawbridge.yml');

describe('a bundle', () => {
  it('holds the policy as it was checked: times are numbers, what is left out has its default', async () => {
    const text = await bundleWith(given);
    expect(text).toContain('expiresAfter: 144e5');
    expect(text).toContain('automaticPerHour: 10');
    expect(text).not.toMatch(/zod|yaml/i);
  }, 60_000);

  it('is not made with a wrong policy, and the lines at fault are told', async () => {
    const wrong = given
      .replace('separate: true', 'separate: maybe')
      .replace('within: 3d', 'in: 3d');
    const built = bundleWith(wrong);
    await expect(built).rejects.toMatchObject({
      errors: expect.arrayContaining(
        [
          { text: expect.stringMatching(/policy\.yml: line \d+: approval\.default\.separate: /) },
          { text: expect.stringMatching(/policy\.yml: line \d+: undo\.in: there is no such name/) },
        ].map((each) => expect.objectContaining(each)),
      ),
    });
  }, 60_000);
});

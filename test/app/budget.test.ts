import { readFileSync } from 'node:fs';
import { reserve } from '../../src/app/budget';
import { openFor } from '../../src/playbooks/isolate-ec2-instance/steps';

describe('the time that a step is begun with', () => {
  it('lets a swap of interfaces end, with a second one for what was attached meanwhile (law 1)', () => {
    expect(reserve).toBeGreaterThanOrEqual((2 * openFor + 15) * 1000);
    expect(reserve).toBeGreaterThanOrEqual(45_000);
  });

  it('is a part of what the function has, so that each call begins one', () => {
    const function_ = /handlers\/remediation\.handler[\s\S]*?timeout: (\d+)/.exec(
      readFileSync('serverless.yml', 'utf8'),
    );

    expect(reserve).toBeLessThan(Number(function_?.[1]) * 1000 * 0.5);
  });
});

import { execFile } from 'node:child_process';
import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import { join } from 'node:path';
import { promisify } from 'node:util';
import * as z from 'zod/mini';
import type { Bundle } from './bundles';

const run = promisify(execFile);
const secret = 'bench-signing-secret';

const Outcome = z.object({ statusCode: z.literal(200), wall: z.number(), cpu: z.number() });

const parameter = JSON.stringify({
  botToken: 'xoxb-bench',
  signingSecret: secret,
  appId: 'A0',
  botId: 'B0',
  botUserId: 'U0BOT',
});

/** Answers at once as SSM and DynamoDB do, so that only our own code is measured. */
const startAws = async () => {
  const server = createServer((request, response) => {
    request.resume();
    const target = String(request.headers['x-amz-target']);
    response.setHeader('content-type', 'application/x-amz-json-1.1');
    response.end(
      target.includes('GetParameter') ? JSON.stringify({ Parameter: { Value: parameter } }) : '{}',
    );
  });
  await new Promise<void>((ready) => server.listen(0, '127.0.0.1', ready));
  const { port } = server.address() as AddressInfo;
  return { url: `http://127.0.0.1:${port}`, close: () => server.close() };
};

export interface Starts {
  wall: number[];
  cpu: number[];
}

/** Cold start to the first acknowledgement, each in a process of its own, the bundles in turns. */
export const coldStarts = async (all: readonly Bundle[], runs: number): Promise<Starts[]> => {
  const aws = await startAws();
  const env = {
    ...process.env,
    AWS_ENDPOINT_URL: aws.url,
    AWS_REGION: 'us-east-1',
    AWS_ACCESS_KEY_ID: 'bench',
    AWS_SECRET_ACCESS_KEY: 'bench',
    AWS_LAMBDA_FUNCTION_NAME: 'bench',
    TABLE: 'bench',
    SLACK_PARAMETER: '/bench',
    SLACK_API_URL: `${aws.url}/api/`,
    POWERTOOLS_LOG_LEVEL: 'SILENT',
    AWS_SDK_JS_NODE_VERSION_SUPPORT_WARNING_DISABLED: 'true',
  };
  const starts = all.map((): Starts => ({ wall: [], cpu: [] }));
  try {
    for (let turn = 0; turn < runs; turn += 1) {
      for (const [index, { file }] of all.entries()) {
        const { stdout } = await run(
          process.execPath,
          [join(__dirname, 'cold-child.cjs'), file, secret],
          { env },
        );
        const { wall, cpu } = Outcome.parse(JSON.parse(stdout));
        starts[index]?.wall.push(wall);
        starts[index]?.cpu.push(cpu);
      }
    }
  } finally {
    aws.close();
  }
  return starts;
};

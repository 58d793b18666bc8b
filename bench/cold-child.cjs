// A fresh process: load the bundle named by argv, answer one signed request, say how long both took together.
const { createHmac } = require('node:crypto');

const [, , file, secret] = process.argv;
const body = new URLSearchParams({
  command: '/drawbridge',
  text: 'help',
  user_id: 'U0RITA',
  team_id: 'T0SANDBOX',
  channel_id: 'C0ALERTS',
  trigger_id: '1.1.1',
  response_url: 'http://127.0.0.1:1/none',
}).toString();
const at = String(Math.floor(Date.now() / 1000));
const signature = `v0=${createHmac('sha256', secret).update(`v0:${at}:${body}`).digest('hex')}`;
const event = {
  version: '2.0',
  rawPath: '/slack/events',
  requestContext: { http: { method: 'POST', path: '/slack/events' } },
  headers: {
    'content-type': 'application/x-www-form-urlencoded',
    'x-slack-request-timestamp': at,
    'x-slack-signature': signature,
  },
  body: Buffer.from(body).toString('base64'),
  isBase64Encoded: true,
};

const began = performance.now();
const cpu = process.cpuUsage();
const { handler } = require(file);
handler(event, { awsRequestId: 'bench', getRemainingTimeInMillis: () => 10_000 }).then(
  ({ statusCode }) => {
    const wall = performance.now() - began;
    const used = process.cpuUsage(cpu);
    process.stdout.write(
      JSON.stringify({ statusCode, wall, cpu: (used.user + used.system) / 1000 }),
    );
    process.exit(0);
  },
);

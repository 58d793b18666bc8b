const { execFile } = require('node:child_process');
const fs = require('node:fs/promises');
const path = require('node:path');

const root = path.join(__dirname, '..');
const empty = path.join(__dirname, 'empty.cjs');
const clickMethods = new Set([
  'conversations.info',
  'usergroups.users.list',
  'users.info',
  'views.open',
  'views.publish',
  'views.push',
  'views.update',
]);

/** The file as it is checked and parsed, once for all bundles; a process of its own, since the check is TypeScript. */
const checked = new Map();
const policyIn = async (file) => {
  const known = `${file}\0${await fs.readFile(file, 'utf8')}`;
  const check = [
    require.resolve('tsx/cli'),
    path.join(__dirname, 'check-policy.ts'),
    '--json',
    file,
  ];
  const parsed =
    checked.get(known) ??
    new Promise((resolve) => {
      execFile(process.execPath, check, { cwd: root, maxBuffer: 16 << 20 }, (error, json, words) =>
        resolve(error ? { faults: words.trim() || error.message } : { json }),
      );
    });
  checked.set(known, parsed);
  return parsed;
};

/** What serverless-esbuild adds to each bundle. Sizes are in `npm run bench`. */
module.exports = [
  {
    // The SDK's schema tables have computed keys, which esbuild must keep; marked pure, the unused ones go.
    name: 'pure-schemas',
    setup(build) {
      build.onLoad(
        { filter: /@aws-sdk[\\/]client-[^\\/]+[\\/]dist-es[\\/]schemas[\\/]schemas_\d+\.js$/ },
        async ({ path: file }) => ({
          loader: 'js',
          contents: (await fs.readFile(file, 'utf8'))
            .replace(
              /^((?:export )?var \w+\$? = )(\[[\s\S]*?\n?\]);$/gm,
              '$1/* @__PURE__ */ (() => $2)();',
            )
            // An unregistered error is the service's base exception with its own name, message and fields: all we match by.
            .replace(/^n\d+_registry\.registerError\(.*\);$/gm, ''),
        }),
      );
    },
  },
  {
    // Bolt's index pulls in servers and sockets that a Lambda never opens.
    name: 'bolt-slim',
    setup(build) {
      build.onResolve(
        { filter: /^(express|raw-body|@slack\/socket-mode|@slack\/oauth|@slack\/types)$/ },
        ({ importer }) => (importer.includes('@slack') ? { path: empty } : undefined),
      );
      build.onResolve(
        {
          filter:
            /(HTTPReceiver|ExpressReceiver|SocketModeReceiver|HTTPModuleFunctions|HTTPResponseAck|SocketModeFunctions|SocketModeResponseAck|Assistant|AssistantThreadContextStore|CustomFunction|conversation-store|verify-request)$/,
        },
        ({ importer }) => (/@slack[\\/]bolt/.test(importer) ? { path: empty } : undefined),
      );
    },
  },
  {
    // The function that answers people uploads no files, streams no messages and calls these methods only; workers may more.
    name: 'click-slim',
    setup(build) {
      const entries = JSON.stringify(build.initialOptions.entryPoints ?? []);
      if (!/handlers[\\/]+slack\b/.test(entries)) return;
      build.onResolve({ filter: /^\.\/(file-upload|chat-stream)$/ }, ({ importer }) =>
        /@slack[\\/]web-api/.test(importer) ? { path: empty } : undefined,
      );
      build.onLoad({ filter: /web-api[\\/]dist[\\/]methods\.js$/ }, async ({ path: file }) => ({
        loader: 'js',
        contents: (await fs.readFile(file, 'utf8')).replace(
          /^ *\w+: bind\w+\((?:self|this)(?:, '([\w.]+)')?\),?$/gm,
          (line, method) => (clickMethods.has(method) ? line : ''),
        ),
      }));
      // Of all that the two packages export, this is used; App and WebClient are classes of these files.
      build.onLoad(
        { filter: /@slack[\\/](bolt|web-api)[\\/]dist[\\/]index\.js$/ },
        ({ path: file }) => ({
          contents: /[\\/]bolt[\\/]dist/.test(file)
            ? "exports.App = require('./App').default; exports.AwsLambdaReceiver = require('./receivers/AwsLambdaReceiver').default;"
            : "Object.assign(exports, require('./errors'), require('./instrument'), require('./WebClient'));",
        }),
      );
      // It takes presses of buttons; what stands beside them is shown by others.
      build.onLoad({ filter: /playbooks[\\/][\w-]+[\\/]facts\.ts$/ }, async ({ path: file }) => ({
        loader: 'ts',
        contents: (await fs.readFile(file, 'utf8'))
          .replace(/^ {2}summary:\s+(['"])[^\n]*\1,$/m, "  summary: '',")
          .replace(/^ {2}options: \[\n[\s\S]*?^ {2}\],$/m, ''),
      }));
    },
  },
  {
    // One copy of a package that comes as two modules.
    name: 'one-emitter',
    setup(build) {
      build.onResolve({ filter: /^eventemitter3$/ }, () => ({
        path: require.resolve('eventemitter3'),
      }));
    },
  },
  {
    // A Lambda has its role's credentials in the environment; profiles, SSO and metadata are for other places.
    name: 'lambda-credentials',
    setup(build) {
      build.onResolve({ filter: /^@aws-sdk\/credential-provider-node$/ }, () => ({
        path: path.join(__dirname, 'lambda-credentials.mjs'),
      }));
    },
  },
  {
    // No operation that we call streams events, and DynamoDB's endpoint discovery caches one entry at most.
    name: 'sdk-slim',
    setup(build) {
      build.onResolve({ filter: /\/HeaderFormatter$/ }, ({ importer }) =>
        importer.includes('signature-v4')
          ? { path: path.join(__dirname, 'no-event-streams.mjs') }
          : undefined,
      );
      build.onResolve({ filter: /^@smithy\/core\/event-streams$/ }, () => ({
        path: path.join(__dirname, 'no-event-streams.mjs'),
      }));
      // A Lambda has no ~/.aws to look for.
      build.onResolve({ filter: /\/loadSharedConfigFiles$/ }, () => ({
        path: path.join(__dirname, 'no-shared-config.mjs'),
      }));
      // Only machines outside Lambda ask where they are.
      build.onResolve({ filter: /\/getInstanceMetadataRegion$/ }, () => ({ path: empty }));
      // Only the adaptive retry mode limits its own rate: the gate asks Macie in it, and nobody else.
      if (!/handlers[\\/]+gate\b/.test(JSON.stringify(build.initialOptions.entryPoints ?? [])))
        build.onResolve({ filter: /\/(DefaultRateLimiter|AdaptiveRetryStrategy)$/ }, () => ({
          path: empty,
        }));
      // Node's own SHA-256 is always there.
      build.onResolve({ filter: /\/Sha256Js$/ }, () => ({ path: empty }));
      build.onResolve({ filter: /^mnemonist\/lru-cache(\.js)?$/ }, () => ({
        path: path.join(__dirname, 'small-cache.cjs'),
      }));
    },
  },
  {
    // Packages read their own name and version, and drag the rest of the file along.
    name: 'short-package-json',
    setup(build) {
      build.onLoad({ filter: /node_modules.*[\\/]package\.json$/ }, async ({ path: file }) => {
        const { name, version } = JSON.parse(await fs.readFile(file, 'utf8'));
        return { loader: 'json', contents: JSON.stringify({ name, version }) };
      });
    },
  },
  {
    // The policy goes into the bundle as it is parsed, so that neither YAML nor its schema has to. DRAWBRIDGE_CONFIG
    // names another file.
    name: 'policy',
    setup(build) {
      build.onLoad({ filter: /config[\\/]drawbridge\.yml$/ }, async ({ path: file }) => {
        const from = process.env.DRAWBRIDGE_CONFIG
          ? path.resolve(root, process.env.DRAWBRIDGE_CONFIG)
          : file;
        const { json, faults } = await policyIn(from);
        return faults
          ? { errors: faults.split('\n').map((text) => ({ text })) }
          : { loader: 'json', contents: json, watchFiles: [from] };
      });
    },
  },
];

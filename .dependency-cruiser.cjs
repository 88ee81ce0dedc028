// The borders between rooms, so that the picture in docs/architecture.md stays true. A room may
// import src/shared and the rooms before it in `rooms`; heavy packages live in one room each.

// The way of a photo, as far as imports go: each room with the rooms it may know besides itself.
const rooms = {
  watch: [],
  pool: [],
  decode: ['pool'],
  models: [],
  embed: ['pool'],
  catalog: [],
  vectors: [],
  search: ['catalog', 'vectors'],
  stats: [],
};

const homes = {
  sharp: 'src/engine/decode/',
  'exif-reader': 'src/engine/decode/',
  'onnxruntime-node': 'src/engine/embed/onnxRuntime\\.ts',
  '@huggingface/tokenizers': 'src/engine/embed/',
  '@bufbuild/protobuf': 'src/engine/embed/graph/',
  '@photostructure/sqlite': 'src/engine/catalog/',
  'vscode-jsonrpc': 'src/server/',
  commander: 'src/cli/',
  fastify: 'src/server/',
  '@fastify/cookie': 'src/server/',
  '@fastify/static': 'src/server/',
  '@fastify/websocket': 'src/server/',
  '@parcel/watcher': 'src/engine/watch/',
  ignore: 'src/engine/watch/',
  electron: 'src/(main|preload)/',
  react: 'src/renderer/',
  'react-dom': 'src/renderer/',
  zustand: 'src/renderer/',
  '@tanstack/react-virtual': 'src/renderer/',
  uplot: 'src/renderer/',
};

const roomBorders = Object.entries(rooms).map(([room, known]) => ({
  name: `${room}-keeps-to-itself`,
  comment: `src/engine/${room} imports src/shared${known.map((k) => `, ${k}`).join('')}, nothing else of ours.`,
  severity: 'error',
  from: { path: `^src/engine/${room}/` },
  to: { path: '^src/', pathNot: `^src/(shared|engine/(${[room, ...known].join('|')}))/` },
}));

const packageHomes = Object.entries(homes).map(([name, home]) => ({
  name: `${name.replace(/\W/g, '')}-has-one-home`,
  comment: `${name} is used in ${home} only.`,
  severity: 'error',
  from: { path: '^src/', pathNot: `^${home}` },
  to: { path: `node_modules/${name}/` },
}));

module.exports = {
  forbidden: [
    ...roomBorders,
    ...packageHomes,
    {
      name: 'the-addon-has-one-home',
      severity: 'error',
      from: { path: '^src/', pathNot: '^src/engine/vectors/' },
      to: { path: '^native/' },
    },
    {
      name: 'shared-knows-nobody',
      severity: 'error',
      from: { path: '^src/shared/' },
      to: { path: '^src/', pathNot: '^src/shared/' },
    },
    {
      name: 'the-engine-knows-no-host',
      comment: 'No Electron, no React, no web framework, no host in src/engine.',
      severity: 'error',
      from: { path: '^src/engine/' },
      to: {
        path: '^src/(main|preload|renderer|server|cli)/|node_modules/(electron|react|react-dom|fastify|hono)/',
      },
    },
    {
      name: 'server-keeps-to-itself',
      comment: 'src/server carries calls; what answers them is handed to it.',
      severity: 'error',
      from: { path: '^src/server/' },
      to: { path: '^src/', pathNot: '^src/(shared|server)/' },
    },
    {
      name: 'hosts-know-the-composition-root-only',
      comment: 'A host talks to the engine through engine.ts and the contract.',
      severity: 'error',
      from: { path: '^src/(main|preload|renderer|server|cli)/' },
      to: { path: '^src/engine/', pathNot: '^src/engine/engine\\.ts$' },
    },
    {
      name: 'no-circles',
      comment: 'Circles of types alone harm nobody.',
      severity: 'error',
      from: {},
      to: { circular: true, viaOnly: { dependencyTypesNot: ['type-only'] } },
    },
    {
      name: 'resolvable',
      comment: 'Every import leads somewhere.',
      severity: 'error',
      from: {},
      to: { couldNotResolve: true },
    },
  ],
  options: {
    doNotFollow: { path: 'node_modules' },
    tsPreCompilationDeps: true,
    tsConfig: { fileName: 'tsconfig.json' },
    enhancedResolveOptions: {
      extensions: ['.ts', '.tsx', '.mjs', '.js', '.json'],
      exportsFields: ['exports'],
      conditionNames: ['import', 'require', 'node', 'default', 'types'],
    },
  },
};

// The command line: what can be asked, in commander's words; what happens then is in commands/.
import { isAbsolute, resolve } from 'node:path';
import { Command, InvalidArgumentError, Option } from 'commander';
import envPaths from 'env-paths';
import { providers } from '../shared/tuning.ts';
import { version } from '../shared/version.ts';
import { errorsCommand } from './commands/errors.ts';
import { forgetCommand } from './commands/forget.ts';
import { indexCommand } from './commands/index.ts';
import {
  addModelCommand,
  modelsCommand,
  removeModelCommand,
  useModelCommand,
} from './commands/models.ts';
import { searchCommand } from './commands/search.ts';
import { statusCommand } from './commands/status.ts';
import { tuneCommand } from './commands/tune.ts';
import { exitCodes } from './exitCodes.ts';
import { plainWord, protectWords } from './queryWords.ts';
import { reportError } from './reportError.ts';
import type { Settings } from './settings.ts';
import { followLauncher, survivePipes } from './standing.ts';

survivePipes();
followLauncher();

const program = new Command('ocelli')
  // Before the commands are made, which inherit it: status 1 is for nothing found.
  .exitOverride()
  .description('Finds your photographs by what you say about them, on this machine alone.')
  .version(version)
  .addOption(
    new Option('--data <folder>', 'where Ocelli keeps what it knows')
      .env('OCELLI_DATA')
      .default(envPaths('ocelli', { suffix: '' }).data)
      .argParser(nonEmpty),
  )
  .addOption(new Option('--model <folder>', 'a model other than the chosen one, this time'))
  .addOption(
    new Option(
      '--precision <kind>',
      'which weights of the model; int8 is compared with float32 before it is used',
    ).choices(['float32', 'int8']),
  )
  .addOption(
    new Option(
      '--decoders <n>',
      'processes that decode; as many as embedders of one thread are the same processes',
    ).argParser(upTo(256)),
  )
  .addOption(new Option('--embedders <n>', 'processes that run the model').argParser(upTo(64)))
  .addOption(new Option('--threads <n>', 'threads of each embedder').argParser(upTo(256)))
  .addOption(new Option('--batch <n>', 'photos per run of the model').argParser(upTo(256)))
  .addOption(new Option('--provider <name>', 'what the model runs on').choices(providers))
  .showHelpAfterError('(ocelli --help shows what there is)')
  .addHelpText(
    'after',
    `
Examples:
  ocelli index ~/Pictures              look into a folder and all below it
  ocelli search a dog on grass         the best first
  ocelli search 'sea, sunset^2 -boat'  several parts, one twice as important, without boats
  ocelli search --image cat.jpg        photos that look like this one
  ocelli search dog --paths | head -5  paths only, for pipes
  ocelli status                        what is known, and what is going on

Exit status: 0 done · 1 nothing found · 2 not understood · 3 some photos failed (index --strict)
             4 an error, named on standard error · 130 stopped with Ctrl-C

Photographs are only read, never changed, moved or deleted.`,
  );

program
  .command('index')
  .description('look into folders, and embed what is new or changed')
  .argument('[folder...]', 'folders; none: all that are known')
  .option('--quiet', 'no progress, only the report')
  .option('--json', 'the report as JSON')
  .option('--strict', 'exit status 3 if a photo failed')
  .action((folders: string[], options) => run(() => indexCommand(settings(), folders, options)));

program
  .command('search')
  .description('find photos by words, by an image, or both')
  .argument('[words...]', 'what to look for; -word leaves out, "…" is a phrase, part^2 weighs more')
  .option('--image <file>', 'photos that look like this one')
  .addOption(new Option('--limit <n>', 'at most so many').default(20).argParser(upTo(10_000)))
  .addOption(new Option('--offset <n>', 'leave out the first so many').default(0).argParser(offset))
  .addOption(new Option('--min-score <s>', 'similarity, −1 to 1').argParser(similarity))
  .option('--json', '{"query", "tookMs", "hits": [{"path", "score", "why"}]}')
  .option('--paths', 'only the paths, one a line')
  .option('-0, --null', 'with --paths: end each path with a NUL instead of a line break')
  // So that `ocelli search dog -grass` reaches the query and is not taken for an option.
  .allowUnknownOption()
  .action((words: string[], options) =>
    run(() => searchCommand(settings(), words.map(plainWord), options)),
  );

program
  .command('status')
  .description('what is known, folder by folder')
  .option('--json', '{"eligible", "indexed", "failed", "skipped", "pending", "model", "roots"}')
  .action((options) => run(() => statusCommand(settings(), options)));

program
  .command('errors')
  .description('photos that could not be indexed: why, and what to do')
  .option('--retry', 'try the failed ones again now')
  .option('--json', 'as JSON')
  .action((options) => run(() => errorsCommand(settings(), options)));

program
  .command('forget')
  .description('remove a folder from the library; its photographs stay where they are')
  .argument('<folder>', 'as `ocelli status` shows it')
  .action((folder: string) => run(() => forgetCommand(settings(), folder)));

const models = program
  .command('models')
  .description('which models there are, and which one is in use')
  .option('--json', 'as JSON')
  .action((options) => run(() => modelsCommand(settings(), options)));

models
  .command('add')
  .description('check a model and copy it to where Ocelli keeps what it knows')
  .argument('<folder>', 'where its model.json lies')
  .action((folder: string) => run(() => addModelCommand(settings(), folder)));

models
  .command('use')
  .description(
    'use a model from now on (with --precision: in that one), and look at every photo once',
  )
  .argument('<id>', 'as `ocelli models` shows it')
  .action((id: string) => run(() => useModelCommand(settings(), id)));

models
  .command('remove')
  .description('delete a model that was added, and what it knows of the photos')
  .argument('<id>', 'as `ocelli models` shows it')
  .action((id: string) => run(() => removeModelCommand(settings(), id)));

program
  .command('tune')
  .description('measure how this machine is fastest for the model in use, and keep that')
  .option('--json', 'as JSON')
  .action((options) => run(() => tuneCommand(settings(), options)));

program
  .command('serve')
  .description('show the library in a browser, until Ctrl-C')
  .addOption(
    new Option('--port <n>', 'where it listens; 0: 4747, or the next that is free')
      .default(0)
      .argParser(portNumber),
  )
  .option('--host <address>', 'be reached over the network (default: this machine alone)')
  .option('--open', 'open the browser')
  .addOption(new Option('--renderer <folder>', 'another build of its pages').hideHelp())
  .action((options) =>
    run(async () => {
      // A web server is a lot to load for those who only search.
      const { serveCommand } = await import('./commands/serve.ts');
      return serveCommand(settings(), options);
    }),
  );

try {
  await program.parseAsync(protectWords(process.argv.slice(2)), { from: 'user' });
} catch (error) {
  // Commander has already printed what was wrong.
  const asked = error instanceof Error && 'exitCode' in error && error.exitCode === 0;
  process.exitCode = asked ? exitCodes.done : exitCodes.usage;
}

async function run(command: () => Promise<number>): Promise<void> {
  try {
    process.exitCode = await command();
  } catch (error) {
    process.exitCode = reportError(error);
  }
}

function settings(): Settings {
  const { data, model, precision, decoders, embedders, threads, batch, provider } = program.opts();
  const resources = {
    ...(decoders === undefined ? {} : { decoders }),
    ...(embedders === undefined ? {} : { embedders }),
    ...(threads === undefined ? {} : { threads }),
    ...(batch === undefined ? {} : { batch }),
    ...(provider === undefined ? {} : { provider }),
  };
  return {
    dataFolder: resolve(data),
    resources,
    ...(model === undefined ? {} : { modelFolder: isAbsolute(model) ? model : resolve(model) }),
    ...(precision === undefined ? {} : { precision }),
  };
}

function nonEmpty(text: string): string {
  if (text === '') throw new InvalidArgumentError('Expected a folder but received nothing.');
  return text;
}

function portNumber(text: string): number {
  return wholeNumber(text, 0, 65_535);
}

function offset(text: string): number {
  return wholeNumber(text, 0, 1_000_000);
}

function upTo(most: number): (text: string) => number {
  return (text) => wholeNumber(text, 1, most);
}

function wholeNumber(text: string, least: number, most: number): number {
  const value = Number(text);
  if (/^\d{1,9}$/.test(text) && value >= least && value <= most) return value;
  throw new InvalidArgumentError(
    `Expected a whole number from ${least} to ${most} but received ${text}.`,
  );
}

function similarity(text: string): number {
  const value = Number(text);
  if (text.trim() !== '' && value >= -1 && value <= 1) return value;
  throw new InvalidArgumentError(`Expected a number from -1 to 1 but received ${text}.`);
}

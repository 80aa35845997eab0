/** `eval`: one value, by the same evaluator that checks. */
import { existsSync } from 'node:fs';
import { dirname } from 'node:path';
import { SourceText } from '../../source/text.js';
import { encodeItf } from '../../values/index.js';
import type { Context } from '../context.js';
import { evaluateExpression } from '../evaluateExpression.js';
import { exitCodes } from '../exitCodes.js';
import { specFiles } from '../exploration.js';
import { expectFolders, findModule, readSource } from '../files.js';

export interface EvalOptions {
  readonly spec?: string;
  readonly config?: string;
  /** What RandomElement draws. */
  readonly seed?: number;
  readonly path: readonly string[];
  readonly json?: boolean;
  readonly quiet?: boolean;
}

export function evaluate(expression: string, options: EvalOptions, context: Context): number {
  const { spec } = options;
  expectFolders(options.path, '--path');
  const folders = [...(spec === undefined ? ['.'] : [dirname(spec)]), ...options.path];
  const config = configOf(options);
  const { text, value } = evaluateExpression(new SourceText('<expression>', expression), {
    spec: spec === undefined ? null : readSource(spec, 'spec'),
    config: config === null ? null : readSource(config, 'config'),
    findModule: (name) => findModule(name, folders),
    host: { print: context.print, warn: context.report, now: Date.now, ...seedOf(options) },
  });
  if (context.json) {
    context.document({ expression, text, value: value === null ? null : encodeItf(value) });
  } else context.say(text);
  return exitCodes.ok;
}

function seedOf({ seed }: EvalOptions): { readonly seed?: number } {
  return seed === undefined ? {} : { seed };
}

/** The spec's own configuration is used where there is one; without constants none is needed. */
function configOf({ spec, config }: EvalOptions): string | null {
  if (config !== undefined || spec === undefined) return config ?? null;
  const own = specFiles(spec, {}).config;
  return existsSync(own) ? own : null;
}

/** `eval`: one value, by the same evaluator that checks. */
import { dirname } from 'node:path';
import { SourceText } from '../../source/text.js';
import { encodeItf, formatValue } from '../../values/index.js';
import type { Context } from '../context.js';
import { exitCodes } from '../exitCodes.js';
import { findModule, readSource } from '../files.js';
import { evaluateExpression } from '../pipeline.js';

export interface EvalOptions {
  readonly spec?: string;
  readonly config?: string;
  readonly path: readonly string[];
  readonly json?: boolean;
  readonly quiet?: boolean;
}

export function evaluate(expression: string, options: EvalOptions, context: Context): number {
  const { spec, config } = options;
  const folders = [...(spec === undefined ? ['.'] : [dirname(spec)]), ...options.path];
  const value = evaluateExpression(new SourceText('<expression>', expression), {
    spec: spec === undefined ? null : readSource(spec, 'spec'),
    config: config === undefined ? null : readSource(config, 'config'),
    findModule: (name) => findModule(name, folders),
  });
  if (context.json) {
    context.document({ expression, value: encodeItf(value), text: formatValue(value) });
  } else context.say(formatValue(value));
  return exitCodes.ok;
}

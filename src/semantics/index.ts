/** What the rest of the program uses of the semantics. */

export { builtinOperators } from './builtins.js';
export type { ConfigName, Configuration } from './config/configuration.js';
export { parseConfig } from './config/parseConfig.js';
export { type ResolveOptions, resolveSpecification } from './resolve.js';
export type * from './specification.js';
export { standardOperators } from './standard/operators.js';

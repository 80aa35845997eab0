/** What the rest of the program uses of the front end. */
export * from './ast.js';
export { deepestPlace } from './depth.js';
export { type ParsedModule, parseExpression, parseModule, readModule } from './parse.js';
export { type AlgorithmText, parseAlgorithm } from './parsePluscal.js';
export type * as pluscal from './pluscalAst.js';
export { printExpression, printModule, printUnit } from './print.js';
